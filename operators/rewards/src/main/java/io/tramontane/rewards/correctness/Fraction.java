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
record Fraction(BigInteger numerator, BigInteger denominator) implements Comparable<Fraction> {

    Fraction {
        if (denominator.signum() <= 0) {
            throw new ArithmeticException("a denominator must be positive: " + denominator);
        }
    }

    static Fraction of(BigDecimal decimal) {
        return decimal.scale() <= 0
                ? new Fraction(decimal.toBigIntegerExact(), BigInteger.ONE)
                : new Fraction(decimal.unscaledValue(), BigInteger.TEN.pow(decimal.scale()));
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

    Fraction plus(Fraction other) {
        return new Fraction(
                numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    Fraction negated() {
        return new Fraction(numerator.negate(), denominator);
    }

    /** @throws ArithmeticException if {@code other} is 0 */
    Fraction dividedBy(Fraction other) {
        BigInteger top = numerator.multiply(other.denominator);
        BigInteger bottom = denominator.multiply(other.numerator);
        return bottom.signum() < 0 ? new Fraction(top.negate(), bottom.negate()) : new Fraction(top, bottom);
    }

    /** Orders by value: 1/2 and 2/4 compare as 0 (but are not {@code equals}). */
    @Override
    public int compareTo(Fraction other) {
        return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
    }
}
