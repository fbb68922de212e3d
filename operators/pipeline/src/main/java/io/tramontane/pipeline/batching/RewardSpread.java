package io.tramontane.pipeline.batching;

/**
 * How a part of the reward is spread over completions. Flink state: fields may be added or removed, not retyped.
 *
 * @param mean of all
 * @param p10 what one in ten does not exceed
 * @param p90 what nine in ten do not exceed
 */
public record RewardSpread(double mean, double p10, double p90) {}
