package io.tramontane.rewards.math.real;

import io.tramontane.rewards.math.real.UndefinedValueException.Cause;
import java.math.BigInteger;

/**
 * Sums, products, quotients and square roots of reals. Fractions stay fractions until they grow too large; balls are
 * rounded outwards, so that every result encloses the true one. Not thread-safe: it spends its comparison's budget.
 */
public final class RealArithmetic {

    /** Fractions with more bits than this are replaced by balls. */
    static final int EXACT_BITS = 12_000;

    /** Exponents beyond this are out of range; far from overflow of the long that holds them. */
    private static final long EXPONENT_LIMIT = 1L << 52;

    private static final int GUARD_BITS = 32;

    private final int precision;
    private final Budget budget;

    /** @param precision bits of a mantissa */
    public RealArithmetic(int precision, Budget budget) {
        this.precision = precision;
        this.budget = budget;
    }

    public int precision() {
        return precision;
    }

    public Budget budget() {
        return budget;
    }

    public Real add(Real left, Real right) {
        if (left instanceof Rational a && right instanceof Rational b) {
            charge(a, b);
            return limited(a.plus(b));
        }
        if (left.isExactlyZero()) {
            return right;
        }
        return right.isExactlyZero() ? left : add(ball(left), ball(right));
    }

    public Real negate(Real value) {
        return value instanceof Rational rational ? rational.negated() : ((Ball) value).negated();
    }

    public Real subtract(Real left, Real right) {
        return add(left, negate(right));
    }

    public Real multiply(Real left, Real right) {
        if (left instanceof Rational a && right instanceof Rational b) {
            charge(a, b);
            return limited(a.times(b));
        }
        if (left.isExactlyZero() || right.isExactlyZero()) {
            return Rational.ZERO;
        }
        Ball a = ball(left);
        Ball b = ball(right);
        chargeBall();
        BigInteger radius = a.mantissa()
                .abs()
                .multiply(b.radius())
                .add(b.mantissa().abs().add(b.radius()).multiply(a.radius()));
        return rounded(a.mantissa().multiply(b.mantissa()), a.exponent() + b.exponent(), radius);
    }

    public Real divide(Real left, Real right) {
        if (right.isExactlyZero()) {
            throw new UndefinedValueException(Cause.SINGULAR, "division by 0");
        }
        if (left instanceof Rational a && right instanceof Rational b) {
            charge(a, b);
            return limited(a.dividedBy(b));
        }
        if (right.mayBeZero()) {
            throw new UndefinedValueException(Cause.IMPRECISE, "division by a value that may be 0");
        }
        return left.isExactlyZero() ? Rational.ZERO : divide(ball(left), ball(right));
    }

    /** The square root of a value that is not negative. */
    public Real squareRoot(Real value) {
        if (value instanceof Rational rational) {
            BigInteger top = rational.numerator().sqrt();
            BigInteger bottom = rational.denominator().sqrt();
            budget.spend(8 + rational.bits() / 32);
            if (top.multiply(top).equals(rational.numerator())
                    && bottom.multiply(bottom).equals(rational.denominator())) {
                return new Rational(top, bottom);
            }
        }
        if (value.sign() < 0) {
            throw new UndefinedValueException(Cause.SINGULAR, "square root of a negative number");
        }
        Ball ball = ball(value);
        chargeBall();
        long shift = Math.max(0, 2L * (precision + GUARD_BITS) - ball.mantissa().bitLength());
        if (((ball.exponent() - shift) & 1) != 0) {
            shift++;
        }
        BigInteger root = ball.mantissa().shiftLeft((int) shift).sqrt();
        BigInteger radius = ball.radius().shiftLeft((int) shift).divide(root).add(BigInteger.TWO);
        return rounded(root, (ball.exponent() - shift) / 2, radius);
    }

    /** The power by an integer exponent; exact if the result is small enough. */
    public Real power(Real base, BigInteger exponent) {
        if (exponent.signum() == 0) {
            if (base.mayBeZero()) {
                throw new UndefinedValueException(Cause.SINGULAR, "0 to the power of 0");
            }
            return Rational.ONE;
        }
        if (base.isExactlyZero()) {
            if (exponent.signum() < 0) {
                throw new UndefinedValueException(Cause.SINGULAR, "division by 0");
            }
            return Rational.ZERO;
        }
        BigInteger size = exponent.abs();
        if (base instanceof Rational rational) {
            if (rational.absolute().equals(Rational.ONE)) {
                return rational.sign() > 0 || !exponent.testBit(0) ? Rational.ONE : rational;
            }
            if (size.bitLength() < 31 && (long) rational.bits() * size.intValue() <= EXACT_BITS) {
                budget.spend(4 + (long) rational.bits() * size.intValue() / 64);
                Rational result = rational.power(size.intValue());
                return exponent.signum() < 0 ? Rational.ONE.dividedBy(result) : result;
            }
        }
        if (size.bitLength() > 50) {
            throw new UndefinedValueException(Cause.TOO_LARGE, "a power too large to compute");
        }
        Ball square = ball(base);
        Real result = Rational.ONE;
        for (int bit = 0; bit < size.bitLength(); bit++) {
            if (bit > 0) {
                square = (Ball) multiply(square, square);
            }
            if (size.testBit(bit)) {
                result = multiply(result, square);
            }
        }
        return exponent.signum() < 0 ? divide(Rational.ONE, result) : result;
    }

    public Real absolute(Real value) {
        return value.sign() < 0 ? negate(value) : value;
    }

    /** The largest integer that is not larger. */
    public Rational floor(Real value) {
        if (value instanceof Rational rational) {
            return Rational.of(rational.floor());
        }
        Ball ball = (Ball) value;
        if (ball.upperLog2() > EXACT_BITS) {
            throw new UndefinedValueException(Cause.TOO_LARGE, "a number too large to round");
        }
        BigInteger low = shift(ball.low(), ball.exponent());
        if (!low.equals(shift(ball.high(), ball.exponent()))) {
            throw new UndefinedValueException(Cause.IMPRECISE, "rounding is not decided at this precision");
        }
        return Rational.of(low);
    }

    /** Sign of the difference. */
    public int compare(Real left, Real right) {
        return subtract(left, right).sign();
    }

    /** The value as a ball; a ball is returned as it is. */
    Ball ball(Real value) {
        if (value instanceof Ball ball) {
            return ball;
        }
        Rational rational = (Rational) value;
        if (rational.isInteger()) {
            return rounded(rational.numerator(), 0, BigInteger.ZERO);
        }
        int shift = Math.max(
                0,
                precision
                        + GUARD_BITS
                        + rational.denominator().bitLength()
                        - rational.numerator().bitLength());
        budget.spend(4 + rational.bits() / 64);
        BigInteger quotient = rational.numerator().shiftLeft(shift).divide(rational.denominator());
        return rounded(quotient, -(long) shift, BigInteger.ONE);
    }

    /** Rounds a mantissa to the precision and the radius to a few digits. */
    Ball rounded(BigInteger mantissa, long exponent, BigInteger radius) {
        int excess = Math.max(mantissa.bitLength() - precision - GUARD_BITS, radius.bitLength() - GUARD_BITS);
        if (exponent > EXPONENT_LIMIT || exponent < -EXPONENT_LIMIT) {
            throw new UndefinedValueException(Cause.TOO_LARGE, "a number out of range");
        }
        if (excess <= 0) {
            return new Ball(mantissa, exponent, radius);
        }
        return new Ball(
                mantissa.shiftRight(excess),
                exponent + excess,
                radius.shiftRight(excess).add(BigInteger.TWO));
    }

    private Ball add(Ball a, Ball b) {
        chargeBall();
        long top = Math.max(a.upperLog2(), b.upperLog2());
        long exponent = Math.max(Math.min(a.exponent(), b.exponent()), top - precision - GUARD_BITS);
        Ball left = rescaled(a, exponent);
        Ball right = rescaled(b, exponent);
        return rounded(
                left.mantissa().add(right.mantissa()), exponent, left.radius().add(right.radius()));
    }

    private Real divide(Ball a, Ball b) {
        chargeBall();
        int shift = Math.max(
                0,
                precision + GUARD_BITS + b.mantissa().bitLength() - a.mantissa().bitLength());
        BigInteger quotient = a.mantissa().shiftLeft(shift).divide(b.mantissa());
        BigInteger smallest = b.mantissa().abs().subtract(b.radius());
        BigInteger spread = a.radius()
                .shiftLeft(shift)
                .add(quotient.abs().add(BigInteger.ONE).multiply(b.radius()));
        return rounded(
                quotient,
                a.exponent() - b.exponent() - shift,
                spread.divide(smallest).add(BigInteger.TWO));
    }

    private static Ball rescaled(Ball ball, long exponent) {
        long shift = ball.exponent() - exponent;
        if (shift >= 0) {
            return new Ball(
                    ball.mantissa().shiftLeft((int) shift),
                    exponent,
                    ball.radius().shiftLeft((int) shift));
        }
        int down = (int) Math.min(-shift, Integer.MAX_VALUE);
        return new Ball(
                ball.mantissa().shiftRight(down),
                exponent,
                ball.radius().shiftRight(down).add(BigInteger.TWO));
    }

    private static BigInteger shift(BigInteger value, long exponent) {
        return exponent >= 0
                ? value.shiftLeft((int) exponent)
                : value.shiftRight((int) Math.min(-exponent, Integer.MAX_VALUE));
    }

    private Real limited(Rational value) {
        return value.bits() > EXACT_BITS ? ball(value) : value;
    }

    private void charge(Rational a, Rational b) {
        int words = (a.bits() + b.bits()) / 64;
        budget.spend(2 + words + (long) words * words / 16);
    }

    private void chargeBall() {
        int words = precision / 64;
        budget.spend(8 + (long) words * words / 4);
    }
}
