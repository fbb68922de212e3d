package io.tramontane.rewards.math.evaluation;

import io.tramontane.rewards.math.real.Rational;
import io.tramontane.rewards.math.real.Real;
import io.tramontane.rewards.math.real.RealArithmetic;
import io.tramontane.rewards.math.real.UndefinedValueException;
import io.tramontane.rewards.math.real.UndefinedValueException.Cause;
import java.math.BigInteger;

/** Sums, products, quotients and whole powers of complex numbers. */
final class ComplexArithmetic {

    private final RealArithmetic arithmetic;

    ComplexArithmetic(RealArithmetic arithmetic) {
        this.arithmetic = arithmetic;
    }

    Complex add(Complex a, Complex b) {
        return new Complex(arithmetic.add(a.real(), b.real()), arithmetic.add(a.imaginary(), b.imaginary()));
    }

    Complex subtract(Complex a, Complex b) {
        return add(a, negate(b));
    }

    Complex negate(Complex a) {
        return new Complex(arithmetic.negate(a.real()), arithmetic.negate(a.imaginary()));
    }

    Complex conjugate(Complex a) {
        return new Complex(a.real(), arithmetic.negate(a.imaginary()));
    }

    Complex multiply(Complex a, Complex b) {
        if (a.isReal() && b.isReal()) {
            return Complex.of(arithmetic.multiply(a.real(), b.real()));
        }
        return new Complex(
                arithmetic.subtract(
                        arithmetic.multiply(a.real(), b.real()), arithmetic.multiply(a.imaginary(), b.imaginary())),
                arithmetic.add(
                        arithmetic.multiply(a.real(), b.imaginary()), arithmetic.multiply(a.imaginary(), b.real())));
    }

    Complex divide(Complex a, Complex b) {
        if (b.isReal()) {
            return new Complex(
                    arithmetic.divide(a.real(), b.real()),
                    a.isReal() ? Rational.ZERO : arithmetic.divide(a.imaginary(), b.real()));
        }
        Real size = arithmetic.add(
                arithmetic.multiply(b.real(), b.real()), arithmetic.multiply(b.imaginary(), b.imaginary()));
        Complex product = multiply(a, conjugate(b));
        return new Complex(arithmetic.divide(product.real(), size), arithmetic.divide(product.imaginary(), size));
    }

    Complex integerPower(Complex base, BigInteger exponent) {
        if (base.isReal()) {
            return Complex.of(arithmetic.power(base.real(), exponent));
        }
        if (exponent.bitLength() > 30) {
            throw new UndefinedValueException(Cause.TOO_LARGE, "a power too large to compute");
        }
        Complex result = Complex.of(Rational.ONE);
        Complex square = base;
        BigInteger size = exponent.abs();
        for (int bit = 0; bit < size.bitLength(); bit++) {
            if (bit > 0) {
                square = multiply(square, square);
            }
            if (size.testBit(bit)) {
                result = multiply(result, square);
            }
        }
        return exponent.signum() < 0 ? divide(Complex.of(Rational.ONE), result) : result;
    }

    Real absolute(Complex value) {
        if (value.isReal()) {
            return arithmetic.absolute(value.real());
        }
        return arithmetic.squareRoot(arithmetic.add(
                arithmetic.multiply(value.real(), value.real()),
                arithmetic.multiply(value.imaginary(), value.imaginary())));
    }
}
