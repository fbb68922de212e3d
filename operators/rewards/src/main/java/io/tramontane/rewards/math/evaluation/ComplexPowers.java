package io.tramontane.rewards.math.evaluation;

import io.tramontane.rewards.math.real.Rational;
import io.tramontane.rewards.math.real.RealArithmetic;
import io.tramontane.rewards.math.real.UndefinedValueException;
import io.tramontane.rewards.math.real.UndefinedValueException.Cause;
import java.math.BigInteger;

/** Powers and roots of complex numbers, as principal values, exact where they are rational. */
final class ComplexPowers {

    private final RealArithmetic reals;
    private final ComplexArithmetic arithmetic;
    private final ComplexFunctions functions;

    ComplexPowers(RealArithmetic reals, ComplexArithmetic arithmetic, ComplexFunctions functions) {
        this.reals = reals;
        this.arithmetic = arithmetic;
        this.functions = functions;
    }

    Complex power(Complex base, Complex exponent) {
        if (exponent.isReal() && exponent.real() instanceof Rational rational) {
            if (rational.isInteger()) {
                return arithmetic.integerPower(base, rational.numerator());
            }
            if (base.isReal() && base.real() instanceof Rational
                    || rational.denominator().equals(BigInteger.TWO)) {
                Complex root = root(base, rational.denominator());
                return arithmetic.integerPower(root, rational.numerator());
            }
        }
        if (base.isExactlyZero()) {
            if (exponent.isReal() && exponent.real().sign() > 0) {
                return base;
            }
            throw new UndefinedValueException(Cause.SINGULAR, "0 to such a power");
        }
        return functions.exponential(arithmetic.multiply(exponent, functions.logarithm(base)));
    }

    /** As written with a root sign: the real root of a negative number where the degree is odd. */
    Complex realRoot(Complex value, BigInteger degree) {
        if (degree.testBit(0) && value.isReal() && value.real().sign() < 0) {
            return arithmetic.negate(root(arithmetic.negate(value), degree));
        }
        return root(value, degree);
    }

    /** The principal root; exact where it is rational, real where the value is positive. */
    private Complex root(Complex value, BigInteger degree) {
        if (degree.signum() <= 0 || degree.bitLength() > 16) {
            throw UndefinedValueException.unsupported("a root of such a degree");
        }
        if (value.isExactlyZero()) {
            return value;
        }
        if (value.isReal() && value.real() instanceof Rational rational && rational.sign() > 0) {
            Rational exact = exactRoot(rational, degree.intValue());
            if (exact != null) {
                return Complex.of(exact);
            }
        }
        if (degree.equals(BigInteger.TWO) && value.isReal()) {
            if (value.real().sign() >= 0) {
                return Complex.of(reals.squareRoot(value.real()));
            }
            return new Complex(Rational.ZERO, reals.squareRoot(reals.negate(value.real())));
        }
        return functions.exponential(arithmetic.divide(functions.logarithm(value), Complex.of(Rational.of(degree))));
    }

    private Rational exactRoot(Rational value, int degree) {
        BigInteger top = exactRoot(value.numerator(), degree);
        BigInteger bottom = exactRoot(value.denominator(), degree);
        return top == null || bottom == null ? null : Rational.of(top, bottom);
    }

    private BigInteger exactRoot(BigInteger value, int degree) {
        if (degree == 1 || value.equals(BigInteger.ONE)) {
            return value;
        }
        if (value.bitLength() > 2_000) {
            return null;
        }
        BigInteger low = BigInteger.ONE;
        BigInteger high = BigInteger.ONE.shiftLeft(value.bitLength() / degree + 1);
        while (low.compareTo(high) <= 0) {
            reals.budget().spend(10);
            BigInteger middle = low.add(high).shiftRight(1);
            int compared = middle.pow(degree).compareTo(value);
            if (compared == 0) {
                return middle;
            }
            if (compared < 0) {
                low = middle.add(BigInteger.ONE);
            } else {
                high = middle.subtract(BigInteger.ONE);
            }
        }
        return null;
    }
}
