package io.tramontane.rewards.composition;

/**
 * Something in the settings of the reward that cannot work.
 *
 * @param key the setting, dotted, within the section {@code reward}: {@code custom[0].component}
 * @param message what is wrong and what to do about it
 */
public record RewardProblem(String key, String message) {}
