package io.tramontane.policy.objective.testkit;

/** What an advantage estimator A may promise of all groups of rewards r; the kit checks what is promised. */
public enum AdvantageProperty {
    /** A(r + c) = A(r). */
    SHIFT_INVARIANT,
    /** A(c r) = c A(r) for c &gt; 0. */
    SCALES,
    /** A(c r) = A(r) for c &gt; 0. */
    SCALE_INVARIANT,
    /** The advantages of a group sum to 0. */
    ZERO_MEAN
}
