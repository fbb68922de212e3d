package io.tramontane.pipeline.batching;

import java.util.List;
import java.util.Map;

/**
 * A batch being filled. Flink state: fields may be added or removed, not retyped.
 *
 * @param number of the batch, from 1: the optimizer step it will be
 * @param groups trainable groups so far, in order of arrival
 * @param statistics of all groups since the batch before
 * @param lag of the trainable groups' tokens
 * @param rewards those of all complete groups since the batch before, as {@link RewardValues} has them; null in the
 *     state of older releases
 * @param stage of the curriculum that the batch belongs to, or the one before it when it has no group yet; from 1, and
 *     0 is the first too
 */
public record BatchState(
        long number,
        List<BatchGroup> groups,
        GroupStatistics statistics,
        TokenLag lag,
        Map<String, double[]> rewards,
        int stage) {

    /** An empty batch. */
    public static BatchState empty(long number) {
        return new BatchState(number, List.of(), GroupStatistics.NONE, TokenLag.NONE, Map.of(), 0);
    }
}
