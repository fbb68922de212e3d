package io.tramontane.rewards.math.evaluation;

import io.tramontane.rewards.math.real.Budget;
import io.tramontane.rewards.math.real.ElementaryFunctions;
import io.tramontane.rewards.math.real.Rational;
import io.tramontane.rewards.math.real.Real;
import io.tramontane.rewards.math.real.RealArithmetic;
import io.tramontane.rewards.math.real.UndefinedValueException;
import io.tramontane.rewards.math.real.UndefinedValueException.Cause;
import io.tramontane.rewards.math.syntax.Expression;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/**
 * The value of an expression at a point, as an enclosure: fractions stay exact, everything else is a pair of balls.
 * Roots and logarithms are principal values. Not thread-safe: it spends its comparison's budget.
 */
public final class ComplexEvaluator {

    private static final int LARGEST_FACTORIAL = 2_000;
    private static final Rational HALF = Rational.of(BigInteger.ONE, BigInteger.TWO);

    private final RealArithmetic arithmetic;
    private final ElementaryFunctions functions;
    private final Map<String, Rational> point;

    /** @param point the values of the symbols */
    public ComplexEvaluator(int precision, Budget budget, Map<String, Rational> point) {
        this.arithmetic = new RealArithmetic(precision, budget);
        this.functions = new ElementaryFunctions(arithmetic);
        this.point = point;
    }

    public RealArithmetic arithmetic() {
        return arithmetic;
    }

    /** @throws UndefinedValueException when there is no finite value, or none that can be computed */
    public Complex evaluate(Expression expression) {
        arithmetic.budget().spend(10);
        if (expression instanceof Expression.Number number) {
            return Complex.of(number.value());
        }
        if (expression instanceof Expression.Symbol symbol) {
            Rational value = point.get(symbol.name());
            if (value == null) {
                throw unsupported("the name " + symbol.name());
            }
            return Complex.of(value);
        }
        if (expression instanceof Expression.Constant constant) {
            return switch (constant) {
                case PI -> Complex.of(functions.pi());
                case E -> Complex.of(functions.exponential(Rational.ONE));
                case I -> new Complex(Rational.ZERO, Rational.ONE);
                case INFINITY -> throw unsupported("infinity");
            };
        }
        if (expression instanceof Expression.Sum sum) {
            return sum.terms().stream().map(this::evaluate).reduce(Complex.of(Rational.ZERO), this::add);
        }
        if (expression instanceof Expression.Product product) {
            return product.factors().stream().map(this::evaluate).reduce(Complex.of(Rational.ONE), this::multiply);
        }
        if (expression instanceof Expression.Negation negation) {
            return negate(evaluate(negation.value()));
        }
        if (expression instanceof Expression.Quotient quotient) {
            return divide(evaluate(quotient.top()), evaluate(quotient.bottom()));
        }
        if (expression instanceof Expression.Power power) {
            return power(power);
        }
        if (expression instanceof Expression.Percent percent) {
            return divide(evaluate(percent.value()), Complex.of(Rational.of(100)));
        }
        if (expression instanceof Expression.Measured measured) {
            Complex value = evaluate(measured.value());
            return measured.unit().equals("°")
                    ? divide(multiply(value, Complex.of(functions.pi())), Complex.of(Rational.of(180)))
                    : value;
        }
        if (expression instanceof Expression.Function function) {
            return function(function);
        }
        throw unsupported(expression.getClass().getSimpleName());
    }

    private Complex power(Expression.Power power) {
        Complex exponent = evaluate(power.exponent());
        if (power.base() == Expression.Constant.E) {
            return exponential(exponent);
        }
        Complex base = evaluate(power.base());
        if (exponent.isReal() && exponent.real() instanceof Rational rational) {
            if (rational.isInteger()) {
                return integerPower(base, rational.numerator());
            }
            if (base.isReal() && base.real() instanceof Rational
                    || rational.denominator().equals(BigInteger.TWO)) {
                Complex root = root(base, rational.denominator());
                return integerPower(root, rational.numerator());
            }
        }
        if (base.isExactlyZero()) {
            if (exponent.isReal() && exponent.real().sign() > 0) {
                return base;
            }
            throw new UndefinedValueException(Cause.SINGULAR, "0 to such a power");
        }
        return exponential(multiply(exponent, logarithm(base)));
    }

    private Complex integerPower(Complex base, BigInteger exponent) {
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

    /** The principal root; exact where it is rational, real where the value is positive. */
    private Complex root(Complex value, BigInteger degree) {
        if (degree.signum() <= 0 || degree.bitLength() > 16) {
            throw unsupported("a root of such a degree");
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
                return Complex.of(arithmetic.squareRoot(value.real()));
            }
            return new Complex(Rational.ZERO, arithmetic.squareRoot(arithmetic.negate(value.real())));
        }
        return exponential(divide(logarithm(value), Complex.of(Rational.of(degree))));
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
            arithmetic.budget().spend(10);
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

    private Complex function(Expression.Function function) {
        List<Complex> arguments =
                function.arguments().stream().map(this::evaluate).toList();
        Complex first = arguments.isEmpty() ? null : arguments.get(0);
        if (first == null) {
            throw unsupported(function.name());
        }
        return switch (function.name()) {
            case "root" -> realRoot(first, integer(arguments.get(1)));
            case "exp" -> exponential(first);
            case "ln", "log" -> logarithm(first);
            case "lg" -> divide(logarithm(first), logarithm(Complex.of(Rational.of(10))));
            case "logbase" -> divide(logarithm(arguments.get(1)), logarithm(first));
            case "sin" -> circular(first)[0];
            case "cos" -> circular(first)[1];
            case "tan" -> divide(circular(first)[0], circular(first)[1]);
            case "cot" -> divide(circular(first)[1], circular(first)[0]);
            case "sec" -> divide(Complex.of(Rational.ONE), circular(first)[1]);
            case "csc" -> divide(Complex.of(Rational.ONE), circular(first)[0]);
            case "arctan", "atan" -> Complex.of(functions.arcTangent(real(first)));
            case "arccot" -> Complex.of(functions.arcTangent(arithmetic.divide(Rational.ONE, real(first))));
            case "arcsin", "asin" -> Complex.of(arcSine(real(first)));
            case "arccos", "acos" -> Complex.of(arithmetic.subtract(halfPi(), arcSine(real(first))));
            case "sinh" -> hyperbolic(first, -1);
            case "cosh" -> hyperbolic(first, 1);
            case "tanh" -> divide(hyperbolic(first, -1), hyperbolic(first, 1));
            case "cis" -> new Complex(circular(first)[1].real(), circular(first)[0].real());
            case "abs" -> Complex.of(absolute(first));
            case "floor" -> Complex.of(arithmetic.floor(real(first)));
            case "ceil" -> Complex.of(arithmetic.negate(arithmetic.floor(arithmetic.negate(real(first)))));
            case "factorial" -> Complex.of(Rational.of(factorial(integer(first), 1)));
            case "doublefactorial" -> Complex.of(Rational.of(factorial(integer(first), 2)));
            case "binom" -> Complex.of(Rational.of(binomial(integer(first), integer(arguments.get(1)))));
            case "gcd" -> Complex.of(Rational.of(integer(first).gcd(integer(arguments.get(1)))));
            case "Re" -> Complex.of(first.real());
            case "Im" -> Complex.of(first.imaginary());
            case "overline", "bar" -> new Complex(first.real(), arithmetic.negate(first.imaginary()));
            case "max" -> extreme(arguments, 1);
            case "min" -> extreme(arguments, -1);
            case "base" -> Complex.of(Rational.of(inBase(function.arguments().get(0), integer(arguments.get(1)))));
            default -> throw unsupported("the function " + function.name());
        };
    }

    /** As written with a root sign: the real root of a negative number where the degree is odd. */
    private Complex realRoot(Complex value, BigInteger degree) {
        if (degree.testBit(0) && value.isReal() && value.real().sign() < 0) {
            return negate(root(negate(value), degree));
        }
        return root(value, degree);
    }

    private BigInteger inBase(Expression digits, BigInteger base) {
        if (!(digits instanceof Expression.Number number) || !number.value().isInteger() || base.bitLength() > 6) {
            throw unsupported("a number in such a base");
        }
        try {
            return new BigInteger(number.value().numerator().toString(), base.intValue());
        } catch (NumberFormatException e) {
            throw unsupported("digits that the base does not have");
        }
    }

    private Complex extreme(List<Complex> values, int sign) {
        Real best = real(values.get(0));
        for (Complex value : values) {
            if (arithmetic.compare(real(value), best) * sign > 0) {
                best = real(value);
            }
        }
        return Complex.of(best);
    }

    private BigInteger factorial(BigInteger value, int step) {
        if (value.signum() < 0 || value.compareTo(BigInteger.valueOf(LARGEST_FACTORIAL)) > 0) {
            throw new UndefinedValueException(Cause.TOO_LARGE, "a factorial out of range");
        }
        BigInteger product = BigInteger.ONE;
        for (int factor = value.intValue(); factor > 1; factor -= step) {
            arithmetic.budget().spend(4 + product.bitLength() / 64);
            product = product.multiply(BigInteger.valueOf(factor));
        }
        return product;
    }

    private BigInteger binomial(BigInteger n, BigInteger k) {
        if (n.bitLength() > 31
                || k.signum() < 0
                || k.compareTo(BigInteger.valueOf(LARGEST_FACTORIAL)) > 0
                || n.signum() < 0) {
            throw new UndefinedValueException(Cause.TOO_LARGE, "a binomial coefficient out of range");
        }
        BigInteger result = BigInteger.ONE;
        for (int factor = 0; factor < k.intValue(); factor++) {
            arithmetic.budget().spend(6 + result.bitLength() / 64);
            result = result.multiply(n.subtract(BigInteger.valueOf(factor))).divide(BigInteger.valueOf(factor + 1L));
        }
        return result;
    }

    private Real halfPi() {
        return arithmetic.multiply(functions.pi(), HALF);
    }

    /** arcsin x = arctan(x / √(1 − x²)); exact at the ends. */
    private Real arcSine(Real value) {
        Real rest = arithmetic.subtract(Rational.ONE, arithmetic.multiply(value, value));
        if (rest.isExactlyZero()) {
            return value.sign() > 0 ? halfPi() : arithmetic.negate(halfPi());
        }
        return functions.arcTangent(arithmetic.divide(value, arithmetic.squareRoot(rest)));
    }

    /** Sine and cosine. */
    private Complex[] circular(Complex value) {
        if (value.isReal()) {
            return new Complex[] {Complex.of(functions.sine(value.real())), Complex.of(functions.cosine(value.real()))};
        }
        Complex turned = new Complex(arithmetic.negate(value.imaginary()), value.real());
        Complex forth = exponential(turned);
        Complex back = exponential(negate(turned));
        Complex twice = Complex.of(Rational.TWO);
        return new Complex[] {
            divide(subtract(forth, back), new Complex(Rational.ZERO, Rational.TWO)), divide(add(forth, back), twice)
        };
    }

    private Complex hyperbolic(Complex value, int sign) {
        Complex forth = exponential(value);
        Complex back = exponential(negate(value));
        return divide(sign > 0 ? add(forth, back) : subtract(forth, back), Complex.of(Rational.TWO));
    }

    private Complex exponential(Complex value) {
        Real size = value.real().isExactlyZero() ? Rational.ONE : functions.exponential(value.real());
        if (value.isReal()) {
            return Complex.of(size);
        }
        return new Complex(
                arithmetic.multiply(size, functions.cosine(value.imaginary())),
                arithmetic.multiply(size, functions.sine(value.imaginary())));
    }

    private Complex logarithm(Complex value) {
        if (value.isReal() && value.real().sign() > 0) {
            return value.real().equals(Rational.ONE)
                    ? Complex.of(Rational.ZERO)
                    : Complex.of(functions.logarithm(value.real()));
        }
        if (value.isExactlyZero()) {
            throw new UndefinedValueException(Cause.SINGULAR, "logarithm of 0");
        }
        Real size = absolute(value);
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
            return side > 0 ? halfPi() : arithmetic.negate(halfPi());
        }
        Real angle = functions.arcTangent(arithmetic.divide(value.imaginary(), value.real()));
        if (value.real().sign() > 0) {
            return angle;
        }
        return side > 0 ? arithmetic.add(angle, functions.pi()) : arithmetic.subtract(angle, functions.pi());
    }

    private Real absolute(Complex value) {
        if (value.isReal()) {
            return arithmetic.absolute(value.real());
        }
        return arithmetic.squareRoot(arithmetic.add(
                arithmetic.multiply(value.real(), value.real()),
                arithmetic.multiply(value.imaginary(), value.imaginary())));
    }

    private static Real real(Complex value) {
        if (!value.isReal()) {
            throw unsupported("a complex argument");
        }
        return value.real();
    }

    private static BigInteger integer(Complex value) {
        if (value.isReal() && value.real() instanceof Rational rational && rational.isInteger()) {
            return rational.numerator();
        }
        throw unsupported("an argument that is no integer");
    }

    private Complex add(Complex a, Complex b) {
        return new Complex(arithmetic.add(a.real(), b.real()), arithmetic.add(a.imaginary(), b.imaginary()));
    }

    Complex subtract(Complex a, Complex b) {
        return add(a, negate(b));
    }

    private Complex negate(Complex a) {
        return new Complex(arithmetic.negate(a.real()), arithmetic.negate(a.imaginary()));
    }

    private Complex multiply(Complex a, Complex b) {
        if (a.isReal() && b.isReal()) {
            return Complex.of(arithmetic.multiply(a.real(), b.real()));
        }
        return new Complex(
                arithmetic.subtract(
                        arithmetic.multiply(a.real(), b.real()), arithmetic.multiply(a.imaginary(), b.imaginary())),
                arithmetic.add(
                        arithmetic.multiply(a.real(), b.imaginary()), arithmetic.multiply(a.imaginary(), b.real())));
    }

    private Complex divide(Complex a, Complex b) {
        if (b.isReal()) {
            return new Complex(
                    arithmetic.divide(a.real(), b.real()),
                    a.isReal() ? Rational.ZERO : arithmetic.divide(a.imaginary(), b.real()));
        }
        Real size = arithmetic.add(
                arithmetic.multiply(b.real(), b.real()), arithmetic.multiply(b.imaginary(), b.imaginary()));
        Complex product = multiply(a, new Complex(b.real(), arithmetic.negate(b.imaginary())));
        return new Complex(arithmetic.divide(product.real(), size), arithmetic.divide(product.imaginary(), size));
    }

    private static UndefinedValueException unsupported(String what) {
        return new UndefinedValueException(Cause.UNSUPPORTED, what + " has no value here");
    }
}
