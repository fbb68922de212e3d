package io.tramontane.rewards.correctness;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/**
 * An exact fraction.
 *
 * @param numerator carries the sign
 * @param denominator positive
 */
record Rational(BigInteger numerator, BigInteger denominator) implements Comparable<Rational> {

    Rational {
        if (denominator.signum() <= 0) {
            throw new ArithmeticException("a denominator must be positive: " + denominator);
        }
    }

    static Rational of(BigDecimal decimal) {
        return decimal.scale() <= 0
                ? new Rational(decimal.toBigIntegerExact(), BigInteger.ONE)
                : new Rational(decimal.unscaledValue(), BigInteger.TEN.pow(decimal.scale()));
    }

    /** Exactly, without superfluous zeros; empty if the digits never end. */
    Optional<BigDecimal> decimal() {
        try {
            return Optional.of(new BigDecimal(numerator)
                    .divide(new BigDecimal(denominator))
                    .stripTrailingZeros());
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    Rational plus(Rational other) {
        return new Rational(
                numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    Rational negated() {
        return new Rational(numerator.negate(), denominator);
    }

    /** @throws ArithmeticException if {@code other} is 0 */
    Rational dividedBy(Rational other) {
        BigInteger top = numerator.multiply(other.denominator);
        BigInteger bottom = denominator.multiply(other.numerator);
        return bottom.signum() < 0 ? new Rational(top.negate(), bottom.negate()) : new Rational(top, bottom);
    }

    /** Orders by value: 1/2 and 2/4 compare as 0 (but are not {@code equals}). */
    @Override
    public int compareTo(Rational other) {
        return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
    }
}
