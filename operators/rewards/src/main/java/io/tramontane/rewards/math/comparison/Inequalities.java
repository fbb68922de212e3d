package io.tramontane.rewards.math.comparison;

import io.tramontane.rewards.math.syntax.Expression;
import io.tramontane.rewards.math.syntax.Expression.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Chains of order relations, and the intervals they describe. */
final class Inequalities {

    private static final Map<String, String> FLIPPED = Map.of("<", ">", ">", "<", "≤", "≥", "≥", "≤");

    private Inequalities() {}

    static boolean isOrder(Relation relation) {
        return relation.operators().stream().allMatch(FLIPPED::containsKey);
    }

    /** The same chain written with &lt; and ≤ alone, where its operators point one way. */
    static Relation ascending(Relation relation) {
        if (!relation.operators().stream().allMatch(operator -> operator.equals(">") || operator.equals("≥"))) {
            return relation;
        }
        List<Expression> sides = new ArrayList<>(relation.sides());
        java.util.Collections.reverse(sides);
        List<String> operators =
                new ArrayList<>(relation.operators().stream().map(FLIPPED::get).toList());
        java.util.Collections.reverse(operators);
        return new Relation(List.copyOf(sides), List.copyOf(operators));
    }

    /** a &lt; x ≤ b as (a, b], x &gt; a as (a, ∞), |x| ≤ a as [−a, a]; empty for other forms. */
    static Optional<Expression> interval(Relation relation) {
        if (!isOrder(relation)) {
            return Optional.empty();
        }
        Relation chain = ascending(relation);
        List<Expression> sides = chain.sides();
        if (sides.size() == 3 && isName(sides.get(1))) {
            return Optional.of(interval(
                    sides.get(0),
                    chain.operators().get(0),
                    sides.get(2),
                    chain.operators().get(1)));
        }
        if (sides.size() != 2) {
            return absolute(chain);
        }
        if (isName(sides.get(0)) && !isName(sides.get(1))) {
            return Optional.of(interval(
                    new Expression.Negation(Expression.Constant.INFINITY),
                    "<",
                    sides.get(1),
                    chain.operators().get(0)));
        }
        if (isName(sides.get(1)) && !isName(sides.get(0))) {
            return Optional.of(interval(sides.get(0), chain.operators().get(0), Expression.Constant.INFINITY, "<"));
        }
        return Optional.empty();
    }

    /** a ≤ |x| ≤ b as [−b, −a] ∪ [a, b]. */
    private static Optional<Expression> absolute(Relation chain) {
        if (chain.sides().size() == 3
                && chain.sides().get(1) instanceof Expression.Function function
                && function.name().equals("abs")
                && isName(function.arguments().get(0))) {
            Expression low = chain.sides().get(0);
            Expression high = chain.sides().get(2);
            String first = chain.operators().get(0);
            String second = chain.operators().get(1);
            return Optional.of(new Expression.Union(List.of(
                    interval(new Expression.Negation(high), second, new Expression.Negation(low), first),
                    interval(low, first, high, second))));
        }
        return Optional.empty();
    }

    private static Expression interval(Expression low, String first, Expression high, String second) {
        return new Expression.Sequence(
                List.of(low, high), first.equals("<") ? '(' : '[', second.equals("<") ? ')' : ']');
    }

    /** A variable, or a function of one: what an answer names. */
    static boolean isName(Expression expression) {
        if (expression instanceof Expression.Symbol || expression instanceof Expression.Text) {
            return true;
        }
        if (expression instanceof Expression.Function function) {
            return function.name().length() == 1
                    || List.of("angle", "overline", "vec", "hat", "bar", "triangle", "overrightarrow")
                            .contains(function.name());
        }
        if (expression instanceof Expression.Sequence sequence && sequence.open() == '(') {
            return sequence.items().stream().allMatch(Inequalities::isName);
        }
        if (expression instanceof Expression.Ratio ratio) {
            return ratio.parts().stream().allMatch(Inequalities::isName);
        }
        // Letters side by side name a segment, AB, or a quantity.
        return expression instanceof Expression.Product product
                && product.factors().stream()
                        .allMatch(factor -> factor instanceof Expression.Symbol symbol
                                && symbol.name().length() == 1
                                && Character.isUpperCase(symbol.name().charAt(0)));
    }
}
