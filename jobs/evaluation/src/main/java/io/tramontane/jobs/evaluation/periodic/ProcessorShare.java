package io.tramontane.jobs.evaluation.periodic;

import io.tramontane.jobs.evaluation.Evaluator.Pacing;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * Lets a thread compute for a share of the time: after each stretch of computing it rests so long that the share holds.
 * A thread's priority alone would not do that: the virtual machine ignores it on Linux unless it runs as root.
 *
 * <p>Not thread-safe.
 */
final class ProcessorShare implements Pacing {

    /** Rests are taken in parts no longer than this, so that a request to stop is heard. */
    private static final long PART_NANOS = Duration.ofMillis(50).toNanos();

    private final double share;
    private final BooleanSupplier stopped;
    private final LongConsumer rest;
    private long computedNanos;

    /**
     * @param share above 0, up to 1
     * @param stopped whether the evaluation is to end
     * @param rest waits for so many nanoseconds
     */
    ProcessorShare(double share, BooleanSupplier stopped, LongConsumer rest) {
        this.share = share;
        this.stopped = stopped;
        this.rest = rest;
    }

    @Override
    public void computed(long nanoseconds) {
        computedNanos += nanoseconds;
        long left = Math.round(nanoseconds * (1 / share - 1));
        requireGoOn();
        while (left > 0) {
            long part = Math.min(left, PART_NANOS);
            rest.accept(part);
            left -= part;
            requireGoOn();
        }
    }

    /** Time spent computing so far, without rests. */
    long computedNanos() {
        return computedNanos;
    }

    private void requireGoOn() {
        if (stopped.getAsBoolean()) {
            throw new CancellationException("the evaluation was asked to stop");
        }
    }
}
