package io.tramontane.rewards.math.evaluation;

import io.tramontane.rewards.math.real.Rational;
import io.tramontane.rewards.math.real.Real;

/** A complex number; the imaginary part of a real one is exactly 0. */
public record Complex(Real real, Real imaginary) {

    static Complex of(Real real) {
        return new Complex(real, Rational.ZERO);
    }

    boolean isReal() {
        return imaginary.isExactlyZero();
    }

    boolean isExactlyZero() {
        return real.isExactlyZero() && imaginary.isExactlyZero();
    }
}
