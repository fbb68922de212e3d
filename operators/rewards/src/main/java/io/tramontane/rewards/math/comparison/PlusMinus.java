package io.tramontane.rewards.math.comparison;

import io.tramontane.rewards.math.syntax.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Writes ± out: one expression becomes two, all signs of it going together. */
final class PlusMinus {

    private PlusMinus() {}

    /** The expression itself when there is no ± in it. */
    static List<Expression> variants(Expression expression) {
        if (!holds(expression)) {
            return List.of(expression);
        }
        return List.of(written(expression, true), written(expression, false));
    }

    private static boolean holds(Expression expression) {
        boolean[] found = {false};
        map(expression, part -> {
            found[0] |= part instanceof Expression.PlusMinus;
            return part;
        });
        return found[0];
    }

    private static Expression written(Expression expression, boolean upper) {
        return map(expression, part -> {
            if (!(part instanceof Expression.PlusMinus plusMinus)) {
                return part;
            }
            boolean minus = plusMinus.minusFirst() == upper;
            Expression right = minus ? new Expression.Negation(plusMinus.right()) : plusMinus.right();
            return plusMinus.left() == null ? right : new Expression.Sum(List.of(plusMinus.left(), right));
        });
    }

    /** The expression with every part replaced, children first. */
    private static Expression map(Expression expression, Function<Expression, Expression> change) {
        Function<Expression, Expression> inner = part -> map(part, change);
        Expression mapped = expression;
        if (expression instanceof Expression.Sum sum) {
            mapped = new Expression.Sum(all(sum.terms(), inner));
        } else if (expression instanceof Expression.Product product) {
            mapped = new Expression.Product(all(product.factors(), inner));
        } else if (expression instanceof Expression.Negation negation) {
            mapped = new Expression.Negation(inner.apply(negation.value()));
        } else if (expression instanceof Expression.Quotient quotient) {
            mapped = new Expression.Quotient(inner.apply(quotient.top()), inner.apply(quotient.bottom()));
        } else if (expression instanceof Expression.Power power) {
            mapped = new Expression.Power(inner.apply(power.base()), inner.apply(power.exponent()));
        } else if (expression instanceof Expression.Function function) {
            mapped = new Expression.Function(function.name(), all(function.arguments(), inner));
        } else if (expression instanceof Expression.Measured measured) {
            mapped = new Expression.Measured(inner.apply(measured.value()), measured.unit());
        } else if (expression instanceof Expression.Percent percent) {
            mapped = new Expression.Percent(inner.apply(percent.value()));
        } else if (expression instanceof Expression.Relation relation) {
            mapped = new Expression.Relation(all(relation.sides(), inner), relation.operators());
        } else if (expression instanceof Expression.Sequence sequence
                && sequence.open() != ' '
                && sequence.open() != '{') {
            mapped = new Expression.Sequence(all(sequence.items(), inner), sequence.open(), sequence.close());
        } else if (expression instanceof Expression.PlusMinus plusMinus) {
            mapped = new Expression.PlusMinus(
                    plusMinus.left() == null ? null : inner.apply(plusMinus.left()),
                    inner.apply(plusMinus.right()),
                    plusMinus.minusFirst());
        }
        return change.apply(mapped);
    }

    private static List<Expression> all(List<Expression> parts, Function<Expression, Expression> inner) {
        List<Expression> mapped = new ArrayList<>(parts.size());
        parts.forEach(part -> mapped.add(inner.apply(part)));
        return List.copyOf(mapped);
    }
}
