package io.tramontane.rewards.math.evaluation;

import io.tramontane.rewards.math.real.ElementaryFunctions;
import io.tramontane.rewards.math.real.Rational;
import io.tramontane.rewards.math.real.Real;
import io.tramontane.rewards.math.real.RealArithmetic;
import io.tramontane.rewards.math.real.UndefinedValueException;
import io.tramontane.rewards.math.real.UndefinedValueException.Cause;
import java.math.BigInteger;

/** Transcendental functions of complex numbers, by their principal values; the inverse circular ones of reals. */
final class ComplexFunctions {

    private static final Rational HALF = Rational.of(BigInteger.ONE, BigInteger.TWO);

    private final RealArithmetic reals;
    private final ElementaryFunctions functions;
    private final ComplexArithmetic arithmetic;

    ComplexFunctions(RealArithmetic reals, ComplexArithmetic arithmetic) {
        this.reals = reals;
        this.functions = new ElementaryFunctions(reals);
        this.arithmetic = arithmetic;
    }

    Real pi() {
        return functions.pi();
    }

    private Real halfPi() {
        return reals.multiply(functions.pi(), HALF);
    }

    Complex exponential(Complex value) {
        Real size = value.real().isExactlyZero() ? Rational.ONE : functions.exponential(value.real());
        if (value.isReal()) {
            return Complex.of(size);
        }
        return new Complex(
                reals.multiply(size, functions.cosine(value.imaginary())),
                reals.multiply(size, functions.sine(value.imaginary())));
    }

    Complex logarithm(Complex value) {
        if (value.isReal() && value.real().sign() > 0) {
            return value.real().equals(Rational.ONE)
                    ? Complex.of(Rational.ZERO)
                    : Complex.of(functions.logarithm(value.real()));
        }
        if (value.isExactlyZero()) {
            throw new UndefinedValueException(Cause.SINGULAR, "logarithm of 0");
        }
        Real size = arithmetic.absolute(value);
        Real logarithm = size.equals(Rational.ONE) ? Rational.ZERO : functions.logarithm(size);
        return new Complex(logarithm, argument(value));
    }

    /** In (−π, π]. */
    private Real argument(Complex value) {
        if (value.isReal()) {
            return value.real().sign() > 0 ? Rational.ZERO : functions.pi();
        }
        int side = value.imaginary().sign();
        if (value.real().isExactlyZero()) {
            return side > 0 ? halfPi() : reals.negate(halfPi());
        }
        Real angle = functions.arcTangent(reals.divide(value.imaginary(), value.real()));
        if (value.real().sign() > 0) {
            return angle;
        }
        return side > 0 ? reals.add(angle, functions.pi()) : reals.subtract(angle, functions.pi());
    }

    Complex sine(Complex value) {
        return circular(value)[0];
    }

    Complex cosine(Complex value) {
        return circular(value)[1];
    }

    /** Sine and cosine. */
    private Complex[] circular(Complex value) {
        if (value.isReal()) {
            return new Complex[] {Complex.of(functions.sine(value.real())), Complex.of(functions.cosine(value.real()))};
        }
        Complex turned = new Complex(reals.negate(value.imaginary()), value.real());
        Complex forth = exponential(turned);
        Complex back = exponential(arithmetic.negate(turned));
        Complex twice = Complex.of(Rational.TWO);
        return new Complex[] {
            arithmetic.divide(arithmetic.subtract(forth, back), new Complex(Rational.ZERO, Rational.TWO)),
            arithmetic.divide(arithmetic.add(forth, back), twice)
        };
    }

    Complex hyperbolicSine(Complex value) {
        return half(arithmetic.subtract(exponential(value), exponential(arithmetic.negate(value))));
    }

    Complex hyperbolicCosine(Complex value) {
        return half(arithmetic.add(exponential(value), exponential(arithmetic.negate(value))));
    }

    private Complex half(Complex value) {
        return arithmetic.divide(value, Complex.of(Rational.TWO));
    }

    Real arcTangent(Real value) {
        return functions.arcTangent(value);
    }

    /** arcsin x = arctan(x / √(1 − x²)); exact at the ends. */
    Real arcSine(Real value) {
        Real rest = reals.subtract(Rational.ONE, reals.multiply(value, value));
        if (rest.isExactlyZero()) {
            return value.sign() > 0 ? halfPi() : reals.negate(halfPi());
        }
        return functions.arcTangent(reals.divide(value, reals.squareRoot(rest)));
    }

    Real arcCosine(Real value) {
        return reals.subtract(halfPi(), arcSine(value));
    }
}
