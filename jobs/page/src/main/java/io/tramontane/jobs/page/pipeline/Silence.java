package io.tramontane.jobs.page.pipeline;

/**
 * How long a count has stood still. Used by one thread.
 *
 * <p>Before the first change nothing is known of the time before, so that it counts from the first look.
 */
final class Silence {

    private double last = Double.NaN;
    private long changedAtNanos;

    /** @return seconds since the count changed last, 0 when it just has */
    double look(double count, long nanos) {
        if (Double.isNaN(last) || count != last) {
            last = count;
            changedAtNanos = nanos;
        }
        return (nanos - changedAtNanos) / 1e9;
    }
}
