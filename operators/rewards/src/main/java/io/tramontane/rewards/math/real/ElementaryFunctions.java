package io.tramontane.rewards.math.real;

import io.tramontane.rewards.math.real.UndefinedValueException.Cause;
import java.math.BigInteger;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Exponential, logarithm, sine, cosine and arc tangent of reals as balls, by reduction of the argument and Taylor
 * series in fixed point. The series lose fewer than {@value #LOST_BITS} bits, of {@value #GUARD_BITS} guard bits.
 */
public final class ElementaryFunctions {

    private static final int GUARD_BITS = 64;
    private static final int LOST_BITS = 40;
    private static final BigInteger SERIES_RADIUS = BigInteger.ONE.shiftLeft(LOST_BITS);

    /** Arguments beyond 2 to this power are refused. */
    private static final int ARGUMENT_BITS = 48;

    private static final Map<Integer, BigInteger> PI = new ConcurrentHashMap<>();
    private static final Map<Integer, BigInteger> LOG_2 = new ConcurrentHashMap<>();

    private final RealArithmetic arithmetic;
    private final int bits;

    public ElementaryFunctions(RealArithmetic arithmetic) {
        this.arithmetic = arithmetic;
        this.bits = arithmetic.precision() + GUARD_BITS;
    }

    public Ball pi() {
        return arithmetic.rounded(pi(bits), -bits, BigInteger.valueOf(64));
    }

    public Ball exponential(Real value) {
        Ball argument = inRange(value);
        BigInteger fixed = fixed(argument, bits + ARGUMENT_BITS);
        BigInteger log2 = log2(bits + ARGUMENT_BITS);
        BigInteger turns = fixed.shiftLeft(1).divide(log2).add(BigInteger.ONE).shiftRight(1);
        BigInteger rest = fixed.subtract(turns.multiply(log2)).shiftRight(ARGUMENT_BITS);
        int halvings = 12;
        BigInteger small = rest.shiftRight(halvings);
        BigInteger sum = BigInteger.ONE.shiftLeft(bits);
        BigInteger term = sum;
        for (int n = 1; term.signum() != 0 && term.bitLength() > 1; n++) {
            charge();
            term = term.multiply(small).shiftRight(bits).divide(BigInteger.valueOf(n));
            sum = sum.add(term);
        }
        for (int n = 0; n < halvings; n++) {
            charge();
            sum = sum.multiply(sum).shiftRight(bits);
        }
        // A change of the argument by at most 1/2 changes the result by at most twice as much, relatively.
        BigInteger spread = sum.multiply(widthInUnits(argument, bits)).shiftRight(bits - 1);
        return arithmetic.rounded(sum, turns.longValueExact() - bits, spread.add(SERIES_RADIUS));
    }

    /** The natural logarithm of a positive value. */
    public Ball logarithm(Real value) {
        Ball argument = arithmetic.ball(value);
        if (argument.sign() <= 0) {
            throw new UndefinedValueException(Cause.SINGULAR, "logarithm of a number that is not positive");
        }
        int length = argument.mantissa().bitLength();
        BigInteger root = shift(argument.mantissa(), bits - length);
        int halvings = 10;
        for (int n = 0; n < halvings; n++) {
            charge();
            root = root.shiftLeft(bits).sqrt();
        }
        BigInteger one = BigInteger.ONE.shiftLeft(bits);
        BigInteger ratio = root.subtract(one).shiftLeft(bits).divide(root.add(one));
        BigInteger logarithm = oddSeries(ratio, 1).shiftLeft(halvings + 1);
        BigInteger log2 = log2(bits + ARGUMENT_BITS);
        BigInteger scale = BigInteger.valueOf(argument.exponent() + length);
        BigInteger result = logarithm.add(scale.multiply(log2).shiftRight(ARGUMENT_BITS));
        BigInteger spread = argument.radius().shiftLeft(bits).divide(argument.low());
        return arithmetic.rounded(result, -bits, spread.add(SERIES_RADIUS));
    }

    public Ball sine(Real value) {
        return circular(value, 0);
    }

    public Ball cosine(Real value) {
        return circular(value, 1);
    }

    public Real arcTangent(Real value) {
        if (value.isExactlyZero()) {
            return Rational.ZERO;
        }
        Ball argument = arithmetic.ball(value);
        if (argument.upperLog2() > 0 && !argument.mayBeZero()) {
            Real half = arithmetic.divide(pi(), Rational.TWO);
            Real complement = smallArcTangent(arithmetic.divide(Rational.ONE, argument));
            return argument.sign() > 0
                    ? arithmetic.subtract(half, complement)
                    : arithmetic.negate(arithmetic.add(half, complement));
        }
        return smallArcTangent(argument);
    }

    /** For arguments up to about 1: three times halved, then the series. */
    private Real smallArcTangent(Real value) {
        Real argument = value;
        int halvings = 4;
        for (int n = 0; n < halvings; n++) {
            Real root = arithmetic.squareRoot(arithmetic.add(Rational.ONE, arithmetic.multiply(argument, argument)));
            argument = arithmetic.divide(argument, arithmetic.add(Rational.ONE, root));
        }
        Ball ball = arithmetic.ball(argument);
        BigInteger sum = oddSeries(fixed(ball, bits), -1).shiftLeft(halvings);
        return arithmetic.rounded(
                sum, -bits, widthInUnits(ball, bits).shiftLeft(halvings).add(SERIES_RADIUS));
    }

    /** Sine, or cosine as the sine of a quarter turn more. */
    private Ball circular(Real value, int quarters) {
        Ball argument = inRange(value);
        int wide = bits + ARGUMENT_BITS;
        BigInteger fixed = fixed(argument, wide);
        BigInteger quarter = pi(wide).shiftRight(1);
        BigInteger turns =
                fixed.shiftLeft(1).divide(quarter).add(BigInteger.ONE).shiftRight(1);
        BigInteger rest = fixed.subtract(turns.multiply(quarter)).shiftRight(ARGUMENT_BITS);
        int quadrant = turns.add(BigInteger.valueOf(quarters)).intValue() & 3;
        BigInteger square = rest.multiply(rest).shiftRight(bits);
        boolean even = (quadrant & 1) == 1;
        BigInteger term = even ? BigInteger.ONE.shiftLeft(bits) : rest;
        BigInteger sum = term;
        for (long n = even ? 1 : 2; term.bitLength() > 1; n += 2) {
            charge();
            term = term.multiply(square)
                    .shiftRight(bits)
                    .divide(BigInteger.valueOf(n * (n + 1)))
                    .negate();
            sum = sum.add(term);
        }
        return arithmetic.rounded(
                quadrant >= 2 ? sum.negate() : sum,
                -bits,
                widthInUnits(argument, bits).add(SERIES_RADIUS));
    }

    /** {@code x + s x^3/3 + s^2 x^5/5 + …} in fixed point, for {@code |x| < 1/2}. */
    private BigInteger oddSeries(BigInteger x, int sign) {
        BigInteger square = x.multiply(x).shiftRight(bits);
        BigInteger power = x;
        BigInteger sum = x;
        for (long n = 3; power.signum() != 0 && power.bitLength() > 1; n += 2) {
            charge();
            power = power.multiply(square).shiftRight(bits);
            if (sign < 0) {
                power = power.negate();
            }
            sum = sum.add(power.divide(BigInteger.valueOf(n)));
        }
        return sum;
    }

    private Ball inRange(Real value) {
        Ball ball = arithmetic.ball(value);
        if (ball.upperLog2() >= ARGUMENT_BITS) {
            throw new UndefinedValueException(Cause.TOO_LARGE, "an argument too large for a function");
        }
        if (ball.radius().signum() != 0 && ball.exponent() + ball.radius().bitLength() > -1) {
            throw new UndefinedValueException(Cause.IMPRECISE, "an argument is not known well enough");
        }
        return ball;
    }

    private static BigInteger fixed(Ball ball, int scale) {
        return shift(ball.mantissa(), ball.exponent() + scale);
    }

    private static BigInteger widthInUnits(Ball ball, int scale) {
        return shift(ball.radius(), ball.exponent() + scale).add(BigInteger.ONE);
    }

    private static BigInteger shift(BigInteger value, long by) {
        return by >= 0 ? value.shiftLeft((int) by) : value.shiftRight((int) Math.min(-by, Integer.MAX_VALUE));
    }

    private void charge() {
        int words = bits / 64;
        arithmetic.budget().spend(10 + (long) words * words / 4);
    }

    private BigInteger pi(int scale) {
        return PI.computeIfAbsent(
                scale,
                at -> inverseTangent(5, at, 1)
                        .shiftLeft(4)
                        .subtract(inverseTangent(239, at, 1).shiftLeft(2)));
    }

    /** ln 2 = 2 artanh(1/3). */
    private BigInteger log2(int scale) {
        return LOG_2.computeIfAbsent(scale, at -> inverseTangent(3, at, -1).shiftLeft(1));
    }

    /** arctan(1/n), or artanh(1/n) with sign -1, times 2^scale. */
    private static BigInteger inverseTangent(int n, int scale, int sign) {
        BigInteger square = BigInteger.valueOf((long) n * n);
        BigInteger power = BigInteger.ONE.shiftLeft(scale + 16).divide(BigInteger.valueOf(n));
        BigInteger sum = power;
        for (long k = 3; power.signum() != 0; k += 2) {
            power = power.divide(square);
            if (sign > 0) {
                power = power.negate();
            }
            sum = sum.add(power.divide(BigInteger.valueOf(k)));
        }
        return sum.shiftRight(16);
    }
}
