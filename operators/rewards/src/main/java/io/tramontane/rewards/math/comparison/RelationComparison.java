package io.tramontane.rewards.math.comparison;

import io.tramontane.rewards.math.syntax.Expression;
import io.tramontane.rewards.math.syntax.Expression.Relation;
import io.tramontane.rewards.math.syntax.Expression.Sequence;
import java.util.List;
import java.util.Optional;

/** Equations, inequalities and memberships, with each other or with the value or set that they describe. */
final class RelationComparison {

    private final AnswerComparison comparison;
    private final Equivalence identity;

    RelationComparison(AnswerComparison comparison, Equivalence identity) {
        this.comparison = comparison;
        this.identity = identity;
    }

    /** One of them is a relation at least. */
    Likeness compare(Expression expected, Expression answer) {
        if (expected instanceof Relation first && answer instanceof Relation second) {
            return both(first, second);
        }
        Relation relation = (Relation) (expected instanceof Relation ? expected : answer);
        Expression other = expected instanceof Relation ? answer : expected;
        if (Assignments.isAssignment(relation)) {
            Expression value = Assignments.value(relation);
            return expected instanceof Relation ? comparison.compare(value, other) : comparison.compare(other, value);
        }
        if (isMembership(relation)) {
            Expression set = relation.sides().get(1);
            return expected instanceof Relation ? comparison.compare(set, other) : comparison.compare(other, set);
        }
        // A reference that is a set asks for a set.
        Optional<Expression> interval = Inequalities.interval(relation);
        if (expected instanceof Relation
                && interval.isPresent()
                && (other instanceof Sequence || other instanceof Expression.Union)) {
            return comparison.compare(interval.get(), other);
        }
        return Likeness.DIFFERENT;
    }

    private static boolean isMembership(Relation relation) {
        return relation.operators().equals(List.of("∈"));
    }

    private Likeness both(Relation expected, Relation answer) {
        if (isMembership(expected) && isMembership(answer)) {
            return comparison.compare(expected.sides().get(1), answer.sides().get(1));
        }
        if (isMembership(answer)) {
            return Inequalities.interval(expected)
                    .map(interval -> comparison.compare(interval, answer.sides().get(1)))
                    .orElse(Likeness.UNKNOWN);
        }
        if (isMembership(expected)) {
            return Likeness.UNKNOWN;
        }
        if (Inequalities.isOrder(expected) && Inequalities.isOrder(answer)) {
            return orders(Inequalities.ascending(expected), Inequalities.ascending(answer));
        }
        if (Assignments.isAssignment(expected) && Assignments.isAssignment(answer)) {
            Likeness values = comparison.compare(Assignments.value(expected), Assignments.value(answer));
            if (expected.sides().get(0).equals(answer.sides().get(0))) {
                return values;
            }
        }
        if (expected.operators().equals(List.of("=")) && answer.operators().equals(List.of("="))) {
            return equations(expected, answer);
        }
        if (!expected.operators().equals(answer.operators())) {
            return Likeness.DIFFERENT;
        }
        Likeness straight = comparison.inOrder(expected.sides(), answer.sides());
        boolean symmetric = expected.operators().stream().allMatch(operator -> "=≠≡".contains(operator));
        if (straight != Likeness.SAME && symmetric && expected.sides().size() == 2) {
            return comparison.inOrder(expected.sides(), swapped(answer));
        }
        return straight;
    }

    private static List<Expression> swapped(Relation relation) {
        return List.of(relation.sides().get(1), relation.sides().get(0));
    }

    /** Equal when one is the other times a constant. */
    private Likeness equations(Relation expected, Relation answer) {
        if (comparison.inOrder(expected.sides(), answer.sides()) == Likeness.SAME
                || comparison.inOrder(expected.sides(), swapped(answer)) == Likeness.SAME) {
            return Likeness.SAME;
        }
        return identity.proportional(difference(expected), difference(answer), false)
                ? Likeness.SAME
                : Likeness.DIFFERENT;
    }

    /** Equal when one is the other times a positive constant. */
    private Likeness orders(Relation expected, Relation answer) {
        if (!expected.operators().equals(answer.operators())) {
            return Likeness.DIFFERENT;
        }
        if (comparison.inOrder(expected.sides(), answer.sides()) == Likeness.SAME) {
            return Likeness.SAME;
        }
        boolean single = expected.sides().size() == 2 && answer.sides().size() == 2;
        return single && identity.proportional(difference(expected), difference(answer), true)
                ? Likeness.SAME
                : Likeness.DIFFERENT;
    }

    private static Expression difference(Relation relation) {
        return new Expression.Sum(List.of(
                relation.sides().get(0),
                new Expression.Negation(relation.sides().get(1))));
    }
}
