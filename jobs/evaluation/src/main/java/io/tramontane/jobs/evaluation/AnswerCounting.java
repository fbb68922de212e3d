package io.tramontane.jobs.evaluation;

import io.tramontane.jobs.evaluation.ProblemOutcome.AnswerVotes;
import io.tramontane.rewards.RewardRequest;
import io.tramontane.rewards.composition.RewardFunction;
import io.tramontane.rewards.composition.WeightedGrader;
import io.tramontane.rewards.correctness.CorrectnessGrader;
import io.tramontane.rewards.correctness.VerifierChoice;
import io.tramontane.schemas.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Counts the answers of a problem's completions for a majority vote.
 *
 * <p>Answers are the same when their texts are, or when both are correct, or when the problem's verifier finds the
 * second equal to the first. Programs have no equality but their text.
 */
final class AnswerCounting {

    private final RewardFunction rewards;
    private final Optional<WeightedGrader> verifier;

    AnswerCounting(RewardFunction rewards) {
        this.rewards = rewards;
        this.verifier = rewards.graders().stream()
                .filter(grader -> grader.name().equals(CorrectnessGrader.NAME))
                .findFirst();
    }

    /** The answer of a completion; empty when it has none. */
    String answer(RewardRequest request) {
        try {
            return rewards.parse(request).answer().orElse("");
        } catch (RuntimeException | StackOverflowError notParsed) {
            // The reward function has said so already: such a completion is malformed.
            return "";
        }
    }

    /**
     * @param requests of the completions, beside {@code samples}
     * @param samples what they were graded
     */
    List<AnswerVotes> count(List<RewardRequest> requests, List<GradedSample> samples) {
        List<AnswerVotes> votes = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            GradedSample sample = samples.get(i);
            if (sample.answer().isEmpty()) {
                continue;
            }
            int same = find(votes, requests.get(i), sample);
            if (same < 0) {
                votes.add(new AnswerVotes(sample.answer(), 1, sample.correct()));
            } else {
                AnswerVotes before = votes.get(same);
                votes.set(same, new AnswerVotes(before.answer(), before.count() + 1, before.correct()));
            }
        }
        return votes;
    }

    private int find(List<AnswerVotes> votes, RewardRequest request, GradedSample sample) {
        boolean texts =
                verifier.isEmpty() || verifier.get().verifier(request).equals(VerifierChoice.CODE.verifierName());
        for (int i = 0; i < votes.size(); i++) {
            AnswerVotes vote = votes.get(i);
            boolean sameText = vote.answer().equals(sample.answer());
            if (vote.correct() == sample.correct()
                    && (sameText || !texts && (sample.correct() || verified(vote.answer(), request)))) {
                return i;
            }
        }
        return -1;
    }

    /** Whether the completion would be correct if the other answer were the reference. */
    private boolean verified(String reference, RewardRequest request) {
        RewardRequest asked = request.toBuilder().reference(reference).build();
        return verifier.orElseThrow().grade(asked, rewards.parse(asked)).getVerdict() == Verdict.CORRECT;
    }
}
