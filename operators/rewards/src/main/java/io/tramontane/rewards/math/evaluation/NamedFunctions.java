package io.tramontane.rewards.math.evaluation;

import io.tramontane.rewards.math.real.Rational;
import io.tramontane.rewards.math.real.Real;
import io.tramontane.rewards.math.real.RealArithmetic;
import io.tramontane.rewards.math.real.UndefinedValueException;
import io.tramontane.rewards.math.syntax.Expression;
import java.math.BigInteger;
import java.util.List;

/** The functions of the repertoire, by their names. */
final class NamedFunctions {

    private final RealArithmetic reals;
    private final ComplexArithmetic arithmetic;
    private final ComplexFunctions functions;
    private final ComplexPowers powers;
    private final IntegerFunctions integers;

    NamedFunctions(
            RealArithmetic reals, ComplexArithmetic arithmetic, ComplexFunctions functions, ComplexPowers powers) {
        this.reals = reals;
        this.arithmetic = arithmetic;
        this.functions = functions;
        this.powers = powers;
        this.integers = new IntegerFunctions(reals.budget());
    }

    /**
     * @param arguments the values of the function's
     * @throws UndefinedValueException when it has no value there, or is not known
     */
    Complex value(Expression.Function function, List<Complex> arguments) {
        String name = function.name();
        if (arguments.isEmpty()) {
            throw UndefinedValueException.unsupported(name);
        }
        Complex first = arguments.get(0);
        return switch (name) {
            case "root" -> powers.realRoot(first, integer(arguments.get(1)));
            case "exp" -> functions.exponential(first);
            case "ln", "log" -> functions.logarithm(first);
            case "lg" ->
                arithmetic.divide(functions.logarithm(first), functions.logarithm(Complex.of(Rational.of(10))));
            case "logbase" -> arithmetic.divide(functions.logarithm(arguments.get(1)), functions.logarithm(first));
            case "sin" -> functions.sine(first);
            case "cos" -> functions.cosine(first);
            case "tan" -> arithmetic.divide(functions.sine(first), functions.cosine(first));
            case "cot" -> arithmetic.divide(functions.cosine(first), functions.sine(first));
            case "sec" -> arithmetic.divide(Complex.of(Rational.ONE), functions.cosine(first));
            case "csc" -> arithmetic.divide(Complex.of(Rational.ONE), functions.sine(first));
            case "arctan", "atan" -> Complex.of(functions.arcTangent(real(first)));
            case "arccot" -> Complex.of(functions.arcTangent(reals.divide(Rational.ONE, real(first))));
            case "arcsin", "asin" -> Complex.of(functions.arcSine(real(first)));
            case "arccos", "acos" -> Complex.of(functions.arcCosine(real(first)));
            case "sinh" -> functions.hyperbolicSine(first);
            case "cosh" -> functions.hyperbolicCosine(first);
            case "tanh" -> arithmetic.divide(functions.hyperbolicSine(first), functions.hyperbolicCosine(first));
            case "cis" ->
                new Complex(
                        functions.cosine(first).real(), functions.sine(first).real());
            case "abs" -> Complex.of(arithmetic.absolute(first));
            case "floor" -> Complex.of(reals.floor(real(first)));
            case "ceil" -> Complex.of(reals.negate(reals.floor(reals.negate(real(first)))));
            case "factorial" -> Complex.of(Rational.of(integers.factorial(integer(first), 1)));
            case "doublefactorial" -> Complex.of(Rational.of(integers.factorial(integer(first), 2)));
            case "binom" -> Complex.of(Rational.of(integers.binomial(integer(first), integer(arguments.get(1)))));
            case "gcd" -> Complex.of(Rational.of(integer(first).gcd(integer(arguments.get(1)))));
            case "Re" -> Complex.of(first.real());
            case "Im" -> Complex.of(first.imaginary());
            case "overline", "bar" -> arithmetic.conjugate(first);
            case "max" -> extreme(arguments, 1);
            case "min" -> extreme(arguments, -1);
            case "base" ->
                Complex.of(
                        Rational.of(integers.inBase(digits(function.arguments().get(0)), integer(arguments.get(1)))));
            default -> throw UndefinedValueException.unsupported("the function " + name);
        };
    }

    private Complex extreme(List<Complex> values, int sign) {
        Real best = real(values.get(0));
        for (Complex value : values) {
            if (reals.compare(real(value), best) * sign > 0) {
                best = real(value);
            }
        }
        return Complex.of(best);
    }

    private static BigInteger digits(Expression expression) {
        if (expression instanceof Expression.Number number && number.value().isInteger()) {
            return number.value().numerator();
        }
        throw UndefinedValueException.unsupported("what is no integer in a base");
    }

    private static Real real(Complex value) {
        if (!value.isReal()) {
            throw UndefinedValueException.unsupported("a complex argument");
        }
        return value.real();
    }

    private static BigInteger integer(Complex value) {
        if (value.isReal() && value.real() instanceof Rational rational && rational.isInteger()) {
            return rational.numerator();
        }
        throw UndefinedValueException.unsupported("an argument that is no integer");
    }
}
