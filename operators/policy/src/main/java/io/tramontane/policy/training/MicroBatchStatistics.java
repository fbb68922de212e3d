package io.tramontane.policy.training;

import io.tramontane.policy.objective.composition.ObjectiveStatistics;

/**
 * Figures of one micro-batch as sums, so that those of a step are their sum.
 *
 * @param objective what the objective says of its tokens
 * @param entropySum entropies of the policy's distribution at the temperature of each token, nats
 */
public record MicroBatchStatistics(ObjectiveStatistics objective, double entropySum) {

    /** Of no micro-batch. */
    public static final MicroBatchStatistics NONE = new MicroBatchStatistics(ObjectiveStatistics.NONE, 0);

    /** Of both together. */
    public MicroBatchStatistics plus(MicroBatchStatistics other) {
        return new MicroBatchStatistics(objective.plus(other.objective), entropySum + other.entropySum);
    }
}
