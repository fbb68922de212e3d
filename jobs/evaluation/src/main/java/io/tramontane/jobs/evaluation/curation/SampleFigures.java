package io.tramontane.jobs.evaluation.curation;

import io.tramontane.jobs.evaluation.ProblemOutcome;
import io.tramontane.jobs.evaluation.ProblemOutcome.AnswerVotes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What curation knows of the completions of one problem.
 *
 * @param samples completions, those without an answer included; may be 0
 * @param solved how many are correct
 * @param majority the answer that more of them gave than any other; empty when nobody answered, when two answers were
 *     given equally often, and when answers cannot be compared
 */
public record SampleFigures(int samples, int solved, Optional<AnswerVotes> majority) {

    /** Of a problem that nobody has tried. */
    public static final SampleFigures NONE = new SampleFigures(0, 0, Optional.empty());

    public SampleFigures {
        Objects.requireNonNull(majority, "majority");
        if (solved < 0 || solved > samples) {
            throw new IllegalArgumentException(solved + " of " + samples + " completions cannot be correct");
        }
    }

    /**
     * @param comparable whether two completions that mean the same have the same answer: not so for programs, where
     *     many copies of one wrong program say nothing about the tests
     */
    public static SampleFigures of(ProblemOutcome outcome, boolean comparable) {
        return new SampleFigures(
                outcome.samples().size(),
                outcome.correct(),
                comparable ? mostFrequent(outcome.votes()) : Optional.empty());
    }

    private static Optional<AnswerVotes> mostFrequent(List<AnswerVotes> votes) {
        int most = votes.stream().mapToInt(AnswerVotes::count).max().orElse(0);
        List<AnswerVotes> first =
                votes.stream().filter(vote -> vote.count() == most).toList();
        return first.size() == 1 ? Optional.of(first.get(0)) : Optional.empty();
    }

    /** Share of correct completions; 0 of none. */
    public double passRate() {
        return share(solved);
    }

    /** Share of all completions that gave the majority's answer; 0 without a majority. */
    public double majorityShare() {
        return majority.map(vote -> share(vote.count())).orElse(0.0);
    }

    private double share(int count) {
        return samples == 0 ? 0 : (double) count / samples;
    }
}
