package io.tramontane.jobs.evaluation;

import java.util.List;

/**
 * What a policy made of one problem.
 *
 * @param id the problem's
 * @param language declared ISO 639-1 code, empty when unknown
 * @param difficulty name of the class it is counted in; empty when there is none
 * @param samples its graded completions, at least one
 * @param votes the distinct answers, in order of their first completions
 */
public record ProblemOutcome(
        String id, String language, String difficulty, List<GradedSample> samples, List<AnswerVotes> votes) {

    /**
     * Completions that gave one answer.
     *
     * @param answer the first writing of it
     * @param count of the completions
     * @param correct whether it equals the reference
     */
    public record AnswerVotes(String answer, int count, boolean correct) {}

    public ProblemOutcome {
        samples = List.copyOf(samples);
        votes = List.copyOf(votes);
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("problem " + id + " has no completions");
        }
    }

    /** How many completions are correct. */
    public int correct() {
        return (int) samples.stream().filter(GradedSample::correct).count();
    }

    /** Share of correct completions. */
    public double passRate() {
        return (double) correct() / samples.size();
    }

    /** The same, counted in another class of difficulty. */
    public ProblemOutcome withDifficulty(String name) {
        return new ProblemOutcome(id, language, name, samples, votes);
    }

    double passAt(int k) {
        return PassAtK.estimate(samples.size(), correct(), k);
    }

    double majorityAt(int k) {
        List<MajorityVote.Candidate> candidates = votes.stream()
                .map(vote -> new MajorityVote.Candidate(vote.count(), vote.correct()))
                .toList();
        int voted = votes.stream().mapToInt(AnswerVotes::count).sum();
        return MajorityVote.expected(candidates, samples.size() - voted, k);
    }
}
