package io.tramontane.rewards.math.comparison;

import io.tramontane.rewards.math.real.Budget;
import io.tramontane.rewards.math.syntax.Expression;
import io.tramontane.rewards.math.syntax.Expression.Relation;
import io.tramontane.rewards.math.syntax.Expression.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares a given answer with a reference by the rules for what the two are. Not thread-safe: it spends its
 * comparison's budget.
 */
final class AnswerComparison {

    private final ListComparison lists;
    private final RelationComparison relations;
    private final RatioComparison ratios;
    private final ValueComparison values;

    AnswerComparison(MathSettings settings, Budget budget) {
        Equivalence identity = new Equivalence(budget);
        this.lists = new ListComparison(this, settings.orderedLists());
        this.relations = new RelationComparison(this, identity);
        this.ratios = new RatioComparison(this, identity);
        this.values = new ValueComparison(settings, identity);
    }

    Likeness compare(Expression reference, Expression given) {
        Expression expected = PlainForm.of(reference);
        Expression answer = PlainForm.of(given);
        if (ListComparison.isList(expected) || ListComparison.isList(answer)) {
            return lists.compare(expected, answer);
        }
        if (expected instanceof Relation || answer instanceof Relation) {
            return relations.compare(expected, answer);
        }
        if (expected instanceof Expression.Union || answer instanceof Expression.Union) {
            return unions(expected, answer);
        }
        if (expected instanceof Sequence || answer instanceof Sequence) {
            return sequences(expected, answer);
        }
        if (expected instanceof Expression.Matrix || answer instanceof Expression.Matrix) {
            return matrices(expected, answer);
        }
        if (expected instanceof Expression.Ratio || answer instanceof Expression.Ratio) {
            return ratios.compare(expected, answer);
        }
        return values.compare(expected, answer);
    }

    private Likeness unions(Expression expected, Expression answer) {
        if (expected instanceof Expression.Union first && answer instanceof Expression.Union second) {
            return first.parts().size() == second.parts().size()
                    ? inAnyOrder(first.parts(), second.parts())
                    : Likeness.DIFFERENT;
        }
        return Likeness.DIFFERENT;
    }

    private Likeness sequences(Expression expected, Expression answer) {
        if (expected instanceof Sequence first && answer instanceof Sequence second) {
            if (first.open() != second.open()
                    || first.close() != second.close()
                    || first.items().size() != second.items().size()) {
                return Likeness.DIFFERENT;
            }
            return inOrder(
                    first.items().stream().map(Assignments::unnamed).toList(),
                    second.items().stream().map(Assignments::unnamed).toList());
        }
        return matrices(expected, answer);
    }

    private Likeness matrices(Expression expected, Expression answer) {
        Optional<List<List<Expression>>> first = Matrices.rows(expected);
        Optional<List<List<Expression>>> second = Matrices.rows(answer);
        if (first.isEmpty() || second.isEmpty()) {
            return Likeness.DIFFERENT;
        }
        if (first.get().size() != second.get().size()
                || first.get().get(0).size() != second.get().get(0).size()) {
            return Likeness.DIFFERENT;
        }
        return inOrder(
                first.get().stream().flatMap(List::stream).toList(),
                second.get().stream().flatMap(List::stream).toList());
    }

    /** Each item with the one in its place; there are as many others. */
    Likeness inOrder(List<Expression> items, List<Expression> others) {
        Likeness all = Likeness.SAME;
        for (int index = 0; index < items.size() && all != Likeness.DIFFERENT; index++) {
            all = all.and(compare(items.get(index), others.get(index)));
        }
        return all;
    }

    /** Each item with another one that is the same, wherever that stands; there are as many others. */
    Likeness inAnyOrder(List<Expression> items, List<Expression> others) {
        List<Expression> left = new ArrayList<>(others);
        Likeness all = Likeness.SAME;
        for (Expression item : items) {
            int found = -1;
            boolean unknown = false;
            for (int index = 0; index < left.size() && found < 0; index++) {
                Likeness likeness = compare(item, left.get(index));
                found = likeness == Likeness.SAME ? index : -1;
                unknown |= likeness == Likeness.UNKNOWN;
            }
            if (found >= 0) {
                left.remove(found);
            } else if (unknown) {
                all = Likeness.UNKNOWN;
            } else {
                return Likeness.DIFFERENT;
            }
        }
        return all;
    }
}
