package io.tramontane.rewards.math.comparison;

import io.tramontane.rewards.math.syntax.Expression;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Finds the symbols of an expression, and turns what has no value of its own into symbols. */
final class Symbols {

    private static final Set<String> KNOWN = Set.of(
            "root",
            "exp",
            "ln",
            "log",
            "lg",
            "logbase",
            "sin",
            "cos",
            "tan",
            "cot",
            "sec",
            "csc",
            "arctan",
            "atan",
            "arccot",
            "arcsin",
            "asin",
            "arccos",
            "acos",
            "sinh",
            "cosh",
            "tanh",
            "cis",
            "abs",
            "floor",
            "ceil",
            "factorial",
            "doublefactorial",
            "binom",
            "gcd",
            "Re",
            "Im",
            "max",
            "min",
            "base");

    private Symbols() {}

    static void collect(Expression expression, SortedSet<String> names) {
        if (expression instanceof Expression.Symbol symbol) {
            names.add(symbol.name());
        }
        children(expression).forEach(child -> collect(child, names));
    }

    /** Whether something with a symbol in it is raised to a fraction. */
    static boolean hasFractionalPower(Expression expression) {
        if (expression instanceof Expression.Power power
                && (power.exponent() instanceof Expression.Quotient
                        || power.exponent() instanceof Expression.Number number
                                && !number.value().isInteger())) {
            SortedSet<String> names = new TreeSet<>();
            collect(power.base(), names);
            if (!names.isEmpty()) {
                return true;
            }
        }
        return children(expression).stream().anyMatch(Symbols::hasFractionalPower);
    }

    private static List<Expression> children(Expression expression) {
        if (expression instanceof Expression.Sum sum) {
            return sum.terms();
        }
        if (expression instanceof Expression.Product product) {
            return product.factors();
        }
        if (expression instanceof Expression.Negation negation) {
            return List.of(negation.value());
        }
        if (expression instanceof Expression.Quotient quotient) {
            return List.of(quotient.top(), quotient.bottom());
        }
        if (expression instanceof Expression.Power power) {
            return List.of(power.base(), power.exponent());
        }
        if (expression instanceof Expression.Function function) {
            return function.arguments();
        }
        if (expression instanceof Expression.Percent percent) {
            return List.of(percent.value());
        }
        if (expression instanceof Expression.Measured measured) {
            return List.of(measured.value());
        }
        return List.of();
    }

    /** The same expression with every function that this kernel cannot evaluate as a symbol of its own. */
    static Expression opaque(Expression expression) {
        if (expression instanceof Expression.Sum sum) {
            return new Expression.Sum(sum.terms().stream().map(Symbols::opaque).toList());
        }
        if (expression instanceof Expression.Product product) {
            return new Expression.Product(
                    product.factors().stream().map(Symbols::opaque).toList());
        }
        if (expression instanceof Expression.Negation negation) {
            return new Expression.Negation(opaque(negation.value()));
        }
        if (expression instanceof Expression.Quotient quotient) {
            return new Expression.Quotient(opaque(quotient.top()), opaque(quotient.bottom()));
        }
        if (expression instanceof Expression.Power power) {
            return new Expression.Power(opaque(power.base()), opaque(power.exponent()));
        }
        if (expression instanceof Expression.Percent percent) {
            return new Expression.Percent(opaque(percent.value()));
        }
        if (expression instanceof Expression.Measured measured) {
            return new Expression.Measured(opaque(measured.value()), measured.unit());
        }
        if (expression instanceof Expression.Function function) {
            return KNOWN.contains(function.name())
                    ? new Expression.Function(
                            function.name(),
                            function.arguments().stream().map(Symbols::opaque).toList())
                    : new Expression.Symbol(function.toString());
        }
        return expression;
    }
}
