package io.tramontane.pipeline.training;

import io.tramontane.policy.training.MicroBatchStatistics;
import io.tramontane.policy.training.StepStatistics;
import io.tramontane.policy.training.TrainerState;
import io.tramontane.policy.training.TrainingSequence;
import java.util.List;

/**
 * What the trainer operator needs of a policy in training. The same state and micro-batches give the same weights, bit
 * for bit. Used by one thread at a time.
 */
public interface Learner extends AutoCloseable {

    /** Adds the gradient of one micro-batch; weights do not change. */
    MicroBatchStatistics accumulate(List<TrainingSequence> microBatch);

    /** Applies the accumulated gradient and clears it. */
    StepStatistics step();

    /** Optimizer steps done. */
    long steps();

    /** All there is to go on from, on the host and immutable; the accumulated gradient is not part of it. */
    TrainerState state();

    /** Native arrays alive, for leak checks. */
    long liveArrays();

    @Override
    void close();
}
