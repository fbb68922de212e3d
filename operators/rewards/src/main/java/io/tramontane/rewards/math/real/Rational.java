package io.tramontane.rewards.math.real;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * An exact fraction in lowest terms, so that equal values are {@code equals}.
 *
 * @param numerator carries the sign
 * @param denominator positive, coprime to the numerator
 */
public record Rational(BigInteger numerator, BigInteger denominator) implements Real, Comparable<Rational> {

    public static final Rational ZERO = of(0);
    public static final Rational ONE = of(1);
    public static final Rational TWO = of(2);

    public static Rational of(long value) {
        return new Rational(BigInteger.valueOf(value), BigInteger.ONE);
    }

    public static Rational of(BigInteger value) {
        return new Rational(value, BigInteger.ONE);
    }

    /** @throws UndefinedValueException if {@code denominator} is 0 */
    public static Rational of(BigInteger numerator, BigInteger denominator) {
        if (denominator.signum() == 0) {
            throw new UndefinedValueException(UndefinedValueException.Cause.SINGULAR, "division by 0");
        }
        BigInteger divisor = numerator.gcd(denominator);
        if (denominator.signum() < 0) {
            divisor = divisor.negate();
        }
        return divisor.equals(BigInteger.ONE)
                ? new Rational(numerator, denominator)
                : new Rational(numerator.divide(divisor), denominator.divide(divisor));
    }

    public static Rational of(BigDecimal decimal) {
        return decimal.scale() <= 0
                ? of(decimal.toBigIntegerExact())
                : of(decimal.unscaledValue(), BigInteger.TEN.pow(decimal.scale()));
    }

    public Rational plus(Rational other) {
        if (isInteger() && other.isInteger()) {
            return of(numerator.add(other.numerator));
        }
        return of(
                numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    public Rational times(Rational other) {
        if (isInteger() && other.isInteger()) {
            return of(numerator.multiply(other.numerator));
        }
        return of(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
    }

    /** @throws UndefinedValueException if {@code other} is 0 */
    public Rational dividedBy(Rational other) {
        return of(numerator.multiply(other.denominator), denominator.multiply(other.numerator));
    }

    public Rational negated() {
        return new Rational(numerator.negate(), denominator);
    }

    public Rational absolute() {
        return numerator.signum() < 0 ? negated() : this;
    }

    /** The power by a non-negative exponent. */
    public Rational power(int exponent) {
        return new Rational(numerator.pow(exponent), denominator.pow(exponent));
    }

    public BigInteger floor() {
        BigInteger[] parts = numerator.divideAndRemainder(denominator);
        return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }

    public boolean isInteger() {
        return denominator.equals(BigInteger.ONE);
    }

    /** Bits of numerator and denominator together. */
    public int bits() {
        return numerator.bitLength() + denominator.bitLength();
    }

    @Override
    public boolean isExactlyZero() {
        return numerator.signum() == 0;
    }

    @Override
    public boolean mayBeZero() {
        return isExactlyZero();
    }

    @Override
    public int sign() {
        return numerator.signum();
    }

    @Override
    public long upperLog2() {
        return isExactlyZero() ? Long.MIN_VALUE : (long) numerator.bitLength() - denominator.bitLength() + 1;
    }

    @Override
    public int compareTo(Rational other) {
        return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
    }

    @Override
    public String toString() {
        return isInteger() ? numerator.toString() : numerator + "/" + denominator;
    }
}
