package io.tramontane.jobs.lab.checkpoint;

import io.tramontane.jobs.lab.checkpoint.TrainerTimeline.Activity;
import io.tramontane.pipeline.training.Learner;
import io.tramontane.policy.training.MicroBatchStatistics;
import io.tramontane.policy.training.StepStatistics;
import io.tramontane.policy.training.TrainerState;
import io.tramontane.policy.training.TrainingSequence;
import java.util.List;

/** A learner that notes when it was called. Used by one thread at a time, as what it wraps. */
final class TimedLearner implements Learner {

    private final Learner learner;
    private final TrainerTimeline timeline;

    TimedLearner(Learner learner, TrainerTimeline timeline) {
        this.learner = learner;
        this.timeline = timeline;
    }

    @Override
    public MicroBatchStatistics accumulate(List<TrainingSequence> microBatch) {
        long begin = TrainerTimeline.now();
        MicroBatchStatistics statistics = learner.accumulate(microBatch);
        timeline.add(Activity.MICRO_BATCH, begin);
        return statistics;
    }

    @Override
    public StepStatistics step() {
        long begin = TrainerTimeline.now();
        StepStatistics statistics = learner.step();
        timeline.add(Activity.OPTIMIZER, begin);
        return statistics;
    }

    @Override
    public long steps() {
        return learner.steps();
    }

    @Override
    public TrainerState state() {
        long begin = TrainerTimeline.now();
        TrainerState state = learner.state();
        timeline.add(Activity.COPY, begin);
        return state;
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
