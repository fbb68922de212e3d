package io.tramontane.rewards.math.comparison;

/** What is known of two answers. */
enum Likeness {
    SAME,
    DIFFERENT,
    /** Nobody can tell with the means at hand. */
    UNKNOWN;

    Likeness and(Likeness other) {
        if (this == DIFFERENT || other == DIFFERENT) {
            return DIFFERENT;
        }
        return this == SAME && other == SAME ? SAME : UNKNOWN;
    }
}
