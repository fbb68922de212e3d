package io.tramontane.jobs.run.local;

import io.tramontane.jobs.data.dataset.DatasetException;
import io.tramontane.jobs.data.dataset.ProblemSet;
import io.tramontane.jobs.data.job.DatasetProblems;
import io.tramontane.jobs.data.job.OpenProblems;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.rewards.composition.RewardFunction;

/**
 * What a run opens once, uses from its first evaluation to its last, and closes once: the problems it trains on and is
 * measured on, and its reward function. What else in this process asks for these problems gets the same.
 *
 * <p>Used by one thread; the problems by any.
 */
public final class RunContext implements AutoCloseable {

    private final OpenProblems.Lease training;
    private final OpenProblems.Lease heldOut;
    private final RewardFunction rewards;

    private RunContext(OpenProblems.Lease training, OpenProblems.Lease heldOut, RewardFunction rewards) {
        this.training = training;
        this.heldOut = heldOut;
        this.rewards = rewards;
    }

    /**
     * Opens all of it.
     *
     * @throws DatasetException when a file is missing or malformed, or a stage of the curriculum has no problem to pose
     */
    public static RunContext open(TramontaneConfig config) {
        DatasetProblems problems = config.job().problems();
        OpenProblems.Lease training = problems.open();
        OpenProblems.Lease heldOut = null;
        try {
            problems.requireProblemsFor(config.job().stages());
            heldOut = DatasetProblems.openHeldOut(
                    config.dataset(), config.run().seed(), config.evaluation().problems());
            return new RunContext(training, heldOut, new RewardFunction(config.reward()));
        } catch (RuntimeException | Error e) {
            training.close();
            if (heldOut != null) {
                heldOut.close();
            }
            throw e;
        }
    }

    /** Problems to train on. */
    ProblemSet training() {
        return training.problems();
    }

    /** Problems to measure policies on. */
    ProblemSet heldOut() {
        return heldOut.problems();
    }

    RewardFunction rewards() {
        return rewards;
    }

    /** Writes to the run's log what was read and what was left out. */
    void log() {
        training.log();
        heldOut.log();
    }

    @Override
    public void close() {
        rewards.close();
        heldOut.close();
        training.close();
    }
}
