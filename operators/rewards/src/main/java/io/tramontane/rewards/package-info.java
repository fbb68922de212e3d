/**
 * Turns a completion into a reward: a list of named graders, their verdicts and what each adds. This package holds what
 * every grader sees and says; {@code io.tramontane.rewards.composition.RewardFunction} is the entry point.
 *
 * <p>No class here knows of Flink, Kafka or the policy.
 */
package io.tramontane.rewards;
