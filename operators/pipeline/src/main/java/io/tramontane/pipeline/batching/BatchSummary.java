package io.tramontane.pipeline.batching;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the log of a step tells of its batch. Flink state: fields may be added or removed, not retyped.
 *
 * @param groupIds the batch's groups, in the order in which they are trained
 * @param groupSizes completions of each
 * @param advantageMean mean advantage over the batch's sequences
 * @param advantageStd their population standard deviation
 * @param statistics of all groups since the batch before
 * @param lag of the trained tokens
 * @param rewards how the reward is spread over the completions of all complete groups since the batch before, under the
 *     empty name, and its components, each under its own; null in the state of older releases
 * @param stage of the curriculum, from 1; 0 in a run without one
 */
public record BatchSummary(
        List<String> groupIds,
        int[] groupSizes,
        double advantageMean,
        double advantageStd,
        GroupStatistics statistics,
        TokenLag lag,
        Map<String, RewardSpread> rewards,
        int stage) {

    /** How the whole reward is spread; nothing where it is not known. */
    public Optional<RewardSpread> reward() {
        return Optional.ofNullable(rewards).map(spreads -> spreads.get(RewardValues.WHOLE));
    }

    /** How each component of the reward is spread, by its name; empty where it is not known. */
    public Map<String, RewardSpread> components() {
        Map<String, RewardSpread> components = new TreeMap<>(rewards == null ? Map.of() : rewards);
        components.remove(RewardValues.WHOLE);
        return components;
    }
}
