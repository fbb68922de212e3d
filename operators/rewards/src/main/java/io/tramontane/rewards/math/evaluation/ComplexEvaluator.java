package io.tramontane.rewards.math.evaluation;

import io.tramontane.rewards.math.real.Budget;
import io.tramontane.rewards.math.real.Rational;
import io.tramontane.rewards.math.real.RealArithmetic;
import io.tramontane.rewards.math.real.UndefinedValueException;
import io.tramontane.rewards.math.syntax.Expression;
import java.util.Map;

/**
 * The value of an expression at a point, as an enclosure: fractions stay exact, everything else is a pair of balls.
 * Roots and logarithms are principal values. Not thread-safe: it spends its comparison's budget.
 */
public final class ComplexEvaluator {

    private final Map<String, Rational> point;
    private final RealArithmetic reals;
    private final ComplexArithmetic arithmetic;
    private final ComplexFunctions functions;
    private final ComplexPowers powers;
    private final NamedFunctions named;

    /** @param point the values of the symbols */
    public ComplexEvaluator(int precision, Budget budget, Map<String, Rational> point) {
        this.point = point;
        this.reals = new RealArithmetic(precision, budget);
        this.arithmetic = new ComplexArithmetic(reals);
        this.functions = new ComplexFunctions(reals, arithmetic);
        this.powers = new ComplexPowers(reals, arithmetic, functions);
        this.named = new NamedFunctions(reals, arithmetic, functions, powers);
    }

    public RealArithmetic arithmetic() {
        return reals;
    }

    /** @throws UndefinedValueException when there is no finite value, or none that can be computed */
    public Complex evaluate(Expression expression) {
        reals.budget().spend(10);
        if (expression instanceof Expression.Number number) {
            return Complex.of(number.value());
        }
        if (expression instanceof Expression.Symbol symbol) {
            Rational value = point.get(symbol.name());
            if (value == null) {
                throw UndefinedValueException.unsupported("the name " + symbol.name());
            }
            return Complex.of(value);
        }
        if (expression instanceof Expression.Constant constant) {
            return constant(constant);
        }
        if (expression instanceof Expression.Sum sum) {
            return sum.terms().stream().map(this::evaluate).reduce(Complex.of(Rational.ZERO), arithmetic::add);
        }
        if (expression instanceof Expression.Product product) {
            return product.factors().stream()
                    .map(this::evaluate)
                    .reduce(Complex.of(Rational.ONE), arithmetic::multiply);
        }
        if (expression instanceof Expression.Negation negation) {
            return arithmetic.negate(evaluate(negation.value()));
        }
        if (expression instanceof Expression.Quotient quotient) {
            return arithmetic.divide(evaluate(quotient.top()), evaluate(quotient.bottom()));
        }
        if (expression instanceof Expression.Power power) {
            Complex exponent = evaluate(power.exponent());
            return power.base() == Expression.Constant.E
                    ? functions.exponential(exponent)
                    : powers.power(evaluate(power.base()), exponent);
        }
        if (expression instanceof Expression.Percent percent) {
            return arithmetic.divide(evaluate(percent.value()), Complex.of(Rational.of(100)));
        }
        if (expression instanceof Expression.Measured measured) {
            Complex value = evaluate(measured.value());
            return measured.unit().equals("°") ? radians(value) : value;
        }
        if (expression instanceof Expression.Function function) {
            return named.value(
                    function, function.arguments().stream().map(this::evaluate).toList());
        }
        throw UndefinedValueException.unsupported(expression.getClass().getSimpleName());
    }

    private Complex constant(Expression.Constant constant) {
        return switch (constant) {
            case PI -> Complex.of(functions.pi());
            case E -> functions.exponential(Complex.of(Rational.ONE));
            case I -> new Complex(Rational.ZERO, Rational.ONE);
            case INFINITY -> throw UndefinedValueException.unsupported("infinity");
        };
    }

    private Complex radians(Complex degrees) {
        return arithmetic.divide(
                arithmetic.multiply(degrees, Complex.of(functions.pi())), Complex.of(Rational.of(180)));
    }
}
