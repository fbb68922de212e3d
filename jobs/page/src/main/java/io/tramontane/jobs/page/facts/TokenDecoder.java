package io.tramontane.jobs.page.facts;

/** Turns tokens back into text. Thread-safe. */
@FunctionalInterface
public interface TokenDecoder {

    /** The text of tokens, special ones included. */
    String decode(int[] tokens);
}
