package io.tramontane.jobs.evaluation;

import io.tramontane.rewards.RewardRequest;
import io.tramontane.rewards.composition.RewardFunction;
import io.tramontane.rewards.composition.ScoreCard;
import java.util.ArrayList;
import java.util.List;

/** Collects the graded completions of one problem. Not thread-safe. */
final class GradedProblem {

    private final AnswerCounting counting;
    private final List<RewardRequest> requests = new ArrayList<>();
    private final List<GradedSample> samples = new ArrayList<>();

    GradedProblem(RewardFunction rewards) {
        this.counting = new AnswerCounting(rewards);
    }

    void add(RewardRequest request, ScoreCard card) {
        requests.add(request);
        samples.add(new GradedSample(
                request.text(),
                card.wellFormed() ? counting.answer(request) : "",
                card.correct(),
                card.wellFormed(),
                card.languageConsistent(),
                request.truncated(),
                request.completionTokens(),
                card.reward()));
    }

    /** Adds the completions that another was given. */
    void addAll(GradedProblem other) {
        requests.addAll(other.requests);
        samples.addAll(other.samples);
    }

    /** How many completions were added. */
    int size() {
        return samples.size();
    }

    /** @throws IllegalArgumentException when no completion was added */
    ProblemOutcome outcome(String id, String language, String difficulty) {
        return new ProblemOutcome(id, language, difficulty, samples, counting.count(requests, samples));
    }
}
