package io.tramontane.pipeline.batching;

import java.util.List;

/**
 * What the log of a step tells of its batch. Flink state: fields may be added or removed, not retyped.
 *
 * @param groupIds the batch's groups, in the order in which they are trained
 * @param groupSizes completions of each
 * @param advantageMean mean advantage over the batch's sequences
 * @param advantageStd their population standard deviation
 * @param statistics of all groups since the batch before
 * @param lag of the trained tokens
 */
public record BatchSummary(
        List<String> groupIds,
        int[] groupSizes,
        double advantageMean,
        double advantageStd,
        GroupStatistics statistics,
        TokenLag lag) {}
