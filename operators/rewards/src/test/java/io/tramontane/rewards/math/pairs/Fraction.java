package io.tramontane.rewards.math.pairs;

import java.math.BigInteger;

/** An exact rational in lowest terms with a positive denominator: the generators' own, not that of what they test. */
record Fraction(BigInteger numerator, BigInteger denominator) implements Comparable<Fraction> {

    static final Fraction ZERO = of(0, 1);
    static final Fraction ONE = of(1, 1);

    Fraction {
        if (denominator.signum() == 0) {
            throw new ArithmeticException("zero denominator");
        }
        BigInteger divisor = numerator.gcd(denominator);
        if (denominator.signum() < 0) {
            divisor = divisor.negate();
        }
        numerator = numerator.divide(divisor);
        denominator = denominator.divide(divisor);
    }

    static Fraction of(long numerator, long denominator) {
        return new Fraction(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
    }

    static Fraction of(long integer) {
        return of(integer, 1);
    }

    static Fraction of(BigInteger integer) {
        return new Fraction(integer, BigInteger.ONE);
    }

    Fraction plus(Fraction other) {
        return new Fraction(
                numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    Fraction minus(Fraction other) {
        return plus(other.negated());
    }

    Fraction times(Fraction other) {
        return new Fraction(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
    }

    Fraction over(Fraction other) {
        return new Fraction(numerator.multiply(other.denominator), denominator.multiply(other.numerator));
    }

    Fraction negated() {
        return new Fraction(numerator.negate(), denominator);
    }

    boolean isInteger() {
        return denominator.equals(BigInteger.ONE);
    }

    boolean isZero() {
        return signum() == 0;
    }

    int signum() {
        return numerator.signum();
    }

    Fraction absolute() {
        return new Fraction(numerator.abs(), denominator);
    }

    /** Digits after the point that write it exactly, or -1 if none do. */
    int decimals() {
        BigInteger left = denominator;
        int twos = 0;
        while (!left.testBit(0)) {
            left = left.shiftRight(1);
            twos++;
        }
        int fives = 0;
        BigInteger five = BigInteger.valueOf(5);
        while (left.mod(five).signum() == 0) {
            left = left.divide(five);
            fives++;
        }
        return left.equals(BigInteger.ONE) ? Math.max(twos, fives) : -1;
    }

    @Override
    public int compareTo(Fraction other) {
        return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
    }
}
