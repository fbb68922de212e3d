package io.tramontane.rewards.math.evaluation;

import io.tramontane.rewards.math.real.Budget;
import io.tramontane.rewards.math.real.Rational;
import io.tramontane.rewards.math.real.UndefinedValueException;
import io.tramontane.rewards.math.real.UndefinedValueException.Cause;
import io.tramontane.rewards.math.syntax.Expression;
import java.math.BigInteger;
import java.util.Map;

/**
 * The value of a rational expression in GF(p): exact however large its numbers would become, because powers are
 * modular. Two expressions that are the same have the same value at every point; two that are not share the value at a
 * random point with a probability of about degree/p (Schwartz–Zippel).
 */
public final class ModularEvaluator {

    private final BigInteger prime;
    private final Map<String, BigInteger> point;
    private final Budget budget;

    /** @param point integers for the symbols, at most 31 bits so that they can be exponents */
    public ModularEvaluator(BigInteger prime, Map<String, BigInteger> point, Budget budget) {
        this.prime = prime;
        this.point = point;
        this.budget = budget;
    }

    /** @throws UndefinedValueException when the expression is not rational, or divides by 0 here */
    public BigInteger evaluate(Expression expression) {
        budget.spend(30);
        if (expression instanceof Expression.Number number) {
            return divide(
                    number.value().numerator().mod(prime),
                    number.value().denominator().mod(prime));
        }
        if (expression instanceof Expression.Symbol symbol) {
            BigInteger value = point.get(symbol.name());
            if (value == null) {
                throw unsupported();
            }
            return value.mod(prime);
        }
        if (expression instanceof Expression.Sum sum) {
            return sum.terms().stream()
                    .map(this::evaluate)
                    .reduce(BigInteger.ZERO, BigInteger::add)
                    .mod(prime);
        }
        if (expression instanceof Expression.Product product) {
            return product.factors().stream()
                    .map(this::evaluate)
                    .reduce(
                            BigInteger.ONE,
                            (left, right) -> left.multiply(right).mod(prime));
        }
        if (expression instanceof Expression.Negation negation) {
            return evaluate(negation.value()).negate().mod(prime);
        }
        if (expression instanceof Expression.Quotient quotient) {
            return divide(evaluate(quotient.top()), evaluate(quotient.bottom()));
        }
        if (expression instanceof Expression.Percent percent) {
            return divide(evaluate(percent.value()), BigInteger.valueOf(100));
        }
        if (expression instanceof Expression.Power power) {
            BigInteger exponent = exponent(power.exponent());
            BigInteger base = evaluate(power.base());
            if (base.signum() == 0 && exponent.signum() <= 0) {
                throw new UndefinedValueException(Cause.SINGULAR, "0 to such a power");
            }
            budget.spend(60);
            return base.modPow(exponent, prime);
        }
        throw unsupported();
    }

    /** The exponent itself, as an integer: as a residue it would have to be one of p − 1. */
    private BigInteger exponent(Expression expression) {
        Map<String, Rational> values = new java.util.HashMap<>();
        point.forEach((name, value) -> values.put(name, Rational.of(value)));
        Complex value = new ComplexEvaluator(64, budget, values).evaluate(expression);
        if (value.isReal() && value.real() instanceof Rational rational && rational.isInteger()) {
            return rational.numerator();
        }
        throw unsupported();
    }

    private BigInteger divide(BigInteger top, BigInteger bottom) {
        if (bottom.signum() == 0) {
            throw new UndefinedValueException(Cause.SINGULAR, "division by 0");
        }
        return bottom.equals(BigInteger.ONE)
                ? top
                : top.multiply(bottom.modInverse(prime)).mod(prime);
    }

    private static UndefinedValueException unsupported() {
        return new UndefinedValueException(Cause.UNSUPPORTED, "not a rational expression");
    }
}
