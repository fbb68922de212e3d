package io.tramontane.pipeline.training;

import io.tramontane.policy.training.MicroBatchStatistics;
import io.tramontane.policy.training.TrainerState;
import io.tramontane.policy.training.TrainingSequence;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** A {@link FakeLearner} that computes a micro-batch when it is let. */
public final class SlowLearner extends DelegatingLearner {

    private static final Semaphore GATE = new Semaphore(0);

    private SlowLearner(Learner learner) {
        super(learner);
    }

    /** A {@link LearnerFactory}. */
    public static Learner create(Optional<TrainerState> restored) {
        return new SlowLearner(FakeLearner.create(restored));
    }

    /** From now on, learners wait. */
    public static void slowDown() {
        GATE.drainPermits();
    }

    /** For one micro-batch. */
    public static void permitOne() {
        GATE.release();
    }

    /** Learners do not wait any more. */
    public static void letGo() {
        GATE.release(Integer.MAX_VALUE / 2);
    }

    @Override
    public MicroBatchStatistics accumulate(List<TrainingSequence> microBatch) {
        try {
            GATE.acquire();
        } catch (InterruptedException e) {
            throw new IllegalStateException("cancelled", e);
        }
        return super.accumulate(microBatch);
    }
}
