/**
 * Turns a completion into a reward: a list of named graders, their verdicts and what each adds.
 *
 * <p>{@link io.tramontane.rewards.RewardFunction} is the entry point. No class here knows of Flink, Kafka or the
 * policy.
 */
package io.tramontane.rewards;
