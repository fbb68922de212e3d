package io.tramontane.rewards.math.real;

/** A real number: known exactly as long as possible, then enclosed in a ball. */
public sealed interface Real permits Rational, Ball {

    /** Whether the value is 0 for certain. */
    boolean isExactlyZero();

    /** Whether 0 cannot be excluded. */
    boolean mayBeZero();

    /** Sign for certain: -1, 0 or 1. Throws {@link UndefinedValueException} (IMPRECISE) if unknown. */
    int sign();

    /** An upper bound of the binary logarithm of the absolute value; {@link Long#MIN_VALUE} for 0. */
    long upperLog2();
}
