package io.tramontane.jobs.page.diagnosis;

/**
 * How the completions of the last while ended.
 *
 * @param seconds how long that while is
 * @param trained trained on
 * @param stale dropped because their weights were too old
 * @param zeroVariance dropped because their group taught nothing
 * @param other dropped for another reason
 */
public record Endings(double seconds, long trained, long stale, long zeroVariance, long other) {

    /** Nothing ended. */
    public static final Endings NONE = new Endings(0, 0, 0, 0, 0);

    public long all() {
        return trained + stale + zeroVariance + other;
    }

    /** Share of all that were stale. */
    public double staleShare() {
        return all() == 0 ? 0 : (double) stale / all();
    }
}
