package io.tramontane.jobs.dashboard.rollouts;

/** Turns tokens back into text. Thread-safe. */
@FunctionalInterface
public interface TokenDecoder {

    /** The text of tokens, special ones included. */
    String decode(int[] tokens);
}
