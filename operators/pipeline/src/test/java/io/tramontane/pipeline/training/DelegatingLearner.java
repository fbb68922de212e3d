package io.tramontane.pipeline.training;

import io.tramontane.policy.training.MicroBatchStatistics;
import io.tramontane.policy.training.StepStatistics;
import io.tramontane.policy.training.TrainerState;
import io.tramontane.policy.training.TrainingSequence;
import java.util.List;

/** Lets another learner do everything; to override what a test wants done otherwise. */
public abstract class DelegatingLearner implements Learner {

    private final Learner learner;

    protected DelegatingLearner(Learner learner) {
        this.learner = learner;
    }

    @Override
    public MicroBatchStatistics accumulate(List<TrainingSequence> microBatch) {
        return learner.accumulate(microBatch);
    }

    @Override
    public StepStatistics step() {
        return learner.step();
    }

    @Override
    public long steps() {
        return learner.steps();
    }

    @Override
    public TrainerState state() {
        return learner.state();
    }

    @Override
    public long liveArrays() {
        return learner.liveArrays();
    }

    @Override
    public void close() {
        learner.close();
    }
}
