package io.tramontane.rewards;

/**
 * Something in the settings of a reward that cannot work.
 *
 * @param key the setting, dotted, within what was checked: {@code model} of a component, {@code custom[0].component} of
 *     the section {@code reward}; empty for all of it
 * @param message what is wrong and what to do about it
 */
public record RewardProblem(String key, String message) {

    /** The same problem, seen from the section {@code outer} around what was checked. */
    public RewardProblem within(String outer) {
        return new RewardProblem(key.isEmpty() ? outer : outer + "." + key, message);
    }
}
