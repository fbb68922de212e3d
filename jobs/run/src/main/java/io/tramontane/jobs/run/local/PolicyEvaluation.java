package io.tramontane.jobs.run.local;

import io.tramontane.jobs.data.dataset.Problem;
import io.tramontane.jobs.data.dataset.ProblemSet;
import io.tramontane.jobs.data.job.DatasetProblems;
import io.tramontane.jobs.evaluation.Evaluator;
import io.tramontane.jobs.evaluation.ProblemOutcome;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.policy.files.PolicyBundle;
import io.tramontane.policy.files.PolicyFiles;
import io.tramontane.policy.tokenizer.PolicyTokenizer;
import io.tramontane.rewards.composition.RewardFunction;
import io.tramontane.schemas.Identity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Measures stored policies on the held-out problems of a configuration, or on others. Not thread-safe. */
public final class PolicyEvaluation {

    private final TramontaneConfig config;
    private final RewardFunction rewards;

    public PolicyEvaluation(TramontaneConfig config, RewardFunction rewards) {
        this.config = config;
        this.rewards = rewards;
    }

    /**
     * Samples and grades; the same policy gives the same outcomes.
     *
     * @param directory of a policy in Hugging Face layout
     * @param difficulty the class a problem is counted in; empty for none
     * @throws IOException when the folder holds no policy in Tramontane's format, or a problem leaves it no room to
     *     answer
     */
    public List<ProblemOutcome> outcomes(
            Path directory, Function<Problem, String> difficulty, Evaluator.Progress progress) throws IOException {
        ProblemSet problems = DatasetProblems.heldOut(
                config.dataset(), config.run().seed(), config.evaluation().problems());
        List<ProblemOutcome> outcomes = new ArrayList<>();
        evaluate(
                directory,
                problems,
                "evaluation",
                (evaluator, policy) ->
                        outcomes.addAll(evaluator.outcomes(policy.config(), policy.weights(), difficulty, progress)));
        return outcomes;
    }

    /**
     * Samples and grades problems that are not the held-out ones; the same policy gives the same outcomes.
     *
     * @param directory of a policy in Hugging Face layout
     * @param problems as the policy reads them
     * @param purpose of the sampling; its random numbers depend on it
     * @throws IOException when the folder holds no policy in Tramontane's format, or a problem leaves it no room to
     *     answer
     */
    public void forEachOutcome(
            Path directory,
            ProblemSet problems,
            String purpose,
            Evaluator.Progress progress,
            Evaluator.OutcomeListener listener)
            throws IOException {
        evaluate(
                directory,
                problems,
                purpose,
                (evaluator, policy) -> evaluator.forEachOutcome(policy.config(), policy.weights(), progress, listener));
    }

    private void evaluate(
            Path directory, ProblemSet problems, String purpose, BiConsumer<Evaluator, PolicyBundle> evaluation)
            throws IOException {
        PolicyBundle policy = PolicyFiles.load(directory);
        try (PolicyTokenizer tokenizer = PolicyFiles.loadTokenizer(directory)) {
            requireRoom(policy, problems, tokenizer);
            Evaluator evaluator = new Evaluator(
                    config.evaluation(),
                    problems,
                    tokenizer,
                    rewards,
                    Identity.seed(config.run().seed(), purpose));
            evaluation.accept(evaluator, policy);
        }
    }

    private void requireRoom(PolicyBundle policy, ProblemSet problems, PolicyTokenizer tokenizer) throws IOException {
        int budget = config.evaluation().maximumNewTokens();
        int positions = policy.config().maximumPositions();
        for (Problem problem : problems.problems()) {
            int length = tokenizer.encode(problem.text()).length;
            if (length + budget > positions) {
                throw new IOException("problem " + problem.id() + " has " + length + " tokens, which with " + budget
                        + " new ones (evaluation.maximum-new-tokens) exceed the policy's " + positions + " positions");
            }
        }
    }
}
