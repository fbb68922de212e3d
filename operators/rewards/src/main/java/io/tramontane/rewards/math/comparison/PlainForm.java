package io.tramontane.rewards.math.comparison;

import io.tramontane.rewards.math.syntax.Expression;
import io.tramontane.rewards.math.syntax.Expression.Relation;
import io.tramontane.rewards.math.syntax.Expression.Sequence;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What an expression comes down to before it is compared. */
final class PlainForm {

    private PlainForm() {}

    /** ± as a list of two, a matrix product as its matrix, an approximation as what it approximates. */
    static Expression of(Expression expression) {
        Expression exact = withoutApproximation(expression);
        Set<Expression> variants = new LinkedHashSet<>(PlusMinus.variants(exact));
        if (variants.size() > 1) {
            return new Sequence(List.copyOf(variants), ' ', ' ');
        }
        if (exact instanceof Expression.Negation negation && negation.value() instanceof Expression.Measured measured) {
            return new Expression.Measured(new Expression.Negation(measured.value()), measured.unit());
        }
        return Matrices.simplified(exact);
    }

    private static Expression withoutApproximation(Expression expression) {
        if (!(expression instanceof Relation relation)) {
            return expression;
        }
        int cut = relation.operators().indexOf("≈");
        if (cut < 0) {
            return expression;
        }
        return cut == 0
                ? relation.sides().get(0)
                : new Relation(
                        relation.sides().subList(0, cut + 1),
                        relation.operators().subList(0, cut));
    }
}
