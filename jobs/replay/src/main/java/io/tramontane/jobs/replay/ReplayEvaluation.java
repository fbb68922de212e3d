package io.tramontane.jobs.replay;

import io.tramontane.jobs.data.job.DatasetProblems;
import io.tramontane.jobs.evaluation.Evaluation;
import io.tramontane.jobs.evaluation.Evaluator;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.policy.Weights;
import io.tramontane.policy.files.PolicyBundle;
import io.tramontane.policy.files.PolicyFiles;
import io.tramontane.policy.tokenizer.PolicyTokenizer;
import io.tramontane.rewards.composition.RewardFunction;
import io.tramontane.schemas.Identity;
import java.io.IOException;

/** Measures weights on the held-out problems of a run, with the seed that the run has for it. Used by one thread. */
final class ReplayEvaluation implements AutoCloseable {

    private final PolicyBundle base;
    private final PolicyTokenizer tokenizer;
    private final RewardFunction rewards;
    private final Evaluator evaluator;

    /** @throws IOException when the run's base policy cannot be read */
    ReplayEvaluation(TramontaneConfig config, RunDirectory run) throws IOException {
        base = PolicyFiles.load(run.basePolicy());
        tokenizer = PolicyFiles.loadTokenizer(run.basePolicy());
        rewards = new RewardFunction(config.reward());
        evaluator = new Evaluator(
                config.evaluation(),
                DatasetProblems.heldOut(
                        config.dataset(),
                        config.run().seed(),
                        config.evaluation().problems()),
                tokenizer,
                rewards,
                Identity.seed(config.run().seed(), "evaluation"));
    }

    /** The run's base policy. */
    PolicyBundle base() {
        return base;
    }

    Evaluation of(Weights weights) {
        return evaluator.evaluate(base.config(), weights, (graded, of) -> {});
    }

    @Override
    public void close() {
        rewards.close();
        tokenizer.close();
    }
}
