package io.tramontane.jobs.generator;

import io.tramontane.schemas.WeightsVersion;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Accounts for a generator's time. Written by the generator's thread, read by any. */
final class GeneratorMeter {

    private final LongSupplier nanoTime;

    private WeightsVersion weights = WeightsVersion.BASE;
    private long tokens;
    private long completions;
    private long swaps;
    private long adoptMillis;
    private LongConsumer adoptions = millis -> {};
    private int running;
    private long startedNanos;
    private long markNanos;
    private long idleNanos;
    private long idleSinceLastPromptNanos;
    private long idleWithCreditsNanos;

    /** @param nanoTime a clock like {@link System#nanoTime()} */
    GeneratorMeter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized void start() {
        startedNanos = nanoTime.getAsLong();
        markNanos = startedNanos;
    }

    /** Hands the delay of each adoption of weights on as well, in milliseconds. */
    synchronized void reportAdoptions(LongConsumer listener) {
        adoptions = listener;
    }

    /** The time since the last mark went into decoding of so many sequences. */
    synchronized void busy(int sequences) {
        running = sequences;
        markNanos = nanoTime.getAsLong();
        idleSinceLastPromptNanos = 0;
    }

    /** The time since the last mark passed without a running sequence. */
    synchronized void idle() {
        running = 0;
        long now = nanoTime.getAsLong();
        idleNanos += now - markNanos;
        idleSinceLastPromptNanos += now - markNanos;
        markNanos = now;
    }

    /**
     * A prompt that had lain in the topic for {@code waitedMillis} arrived; if that long nothing ran, credits were
     * there.
     */
    synchronized void promptArrived(long waitedMillis) {
        long waitedNanos = Math.max(0, waitedMillis) * 1_000_000;
        idleWithCreditsNanos += Math.min(idleSinceLastPromptNanos, waitedNanos);
        idleSinceLastPromptNanos = 0;
    }

    synchronized void completed(int completionTokens) {
        completions++;
        tokens += completionTokens;
    }

    synchronized void adopted(WeightsVersion version, long millisSincePublished) {
        weights = version;
        swaps++;
        adoptMillis += millisSincePublished;
        adoptions.accept(millisSincePublished);
    }

    /** Sequences that the last round decoded. */
    synchronized int running() {
        return running;
    }

    synchronized GeneratorStatistics snapshot() {
        double seconds = startedNanos == 0 ? 0 : (nanoTime.getAsLong() - startedNanos) / 1e9;
        return new GeneratorStatistics(
                weights,
                tokens,
                completions,
                seconds,
                idleNanos / 1e9,
                idleWithCreditsNanos / 1e9,
                swaps,
                swaps == 0 ? 0 : (double) adoptMillis / swaps);
    }
}
