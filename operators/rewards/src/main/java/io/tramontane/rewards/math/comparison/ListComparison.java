package io.tramontane.rewards.math.comparison;

import io.tramontane.rewards.math.syntax.Expression;
import io.tramontane.rewards.math.syntax.Expression.Relation;
import io.tramontane.rewards.math.syntax.Expression.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lists and sets, also against a single value or a tuple: by name, in order or in any order. */
final class ListComparison {

    private static final int MOST_ITEMS = 200;

    private final AnswerComparison comparison;
    private final boolean ordered;

    /** @param ordered whether the items of a list without brackets must come in the reference's order */
    ListComparison(AnswerComparison comparison, boolean ordered) {
        this.comparison = comparison;
        this.ordered = ordered;
    }

    static boolean isList(Expression expression) {
        return expression instanceof Sequence sequence && (sequence.open() == ' ' || sequence.open() == '{');
    }

    Likeness compare(Expression expected, Expression answer) {
        boolean tuple = isTuple(expected) || isTuple(answer);
        boolean set = isSet(expected) || isSet(answer);
        if (tuple && set || isInterval(expected) || isInterval(answer)) {
            return Likeness.DIFFERENT;
        }
        Optional<Likeness> named = named(expected, answer);
        if (named.isPresent()) {
            return named.get();
        }
        List<Expression> items = items(expected);
        List<Expression> others = items(answer);
        if (!tuple && (set || items.stream().allMatch(Sequence.class::isInstance))) {
            // Repetitions say nothing in a set, nor in a list of solutions; in a list of numbers they may.
            items = distinct(items);
            others = distinct(others);
        }
        if (items.size() > MOST_ITEMS || others.size() > MOST_ITEMS) {
            return items.size() == others.size() ? Likeness.UNKNOWN : Likeness.DIFFERENT;
        }
        if (items.size() != others.size()) {
            return Likeness.DIFFERENT;
        }
        return tuple || ordered && !set || namesOneSide(expected, answer)
                ? comparison.inOrder(items, others)
                : comparison.inAnyOrder(items, others);
    }

    private static boolean isTuple(Expression expression) {
        return expression instanceof Sequence sequence && sequence.open() == '(';
    }

    private static boolean isSet(Expression expression) {
        return expression instanceof Sequence sequence && sequence.open() == '{';
    }

    /** With a square bracket at least: neither a list nor a tuple. */
    private static boolean isInterval(Expression expression) {
        return expression instanceof Sequence sequence && (sequence.open() == '[' || sequence.close() == ']');
    }

    /** x = 1, y = 2 against y = 2, x = 1: by name, where every item of both has one and they are the same names. */
    private Optional<Likeness> named(Expression expected, Expression answer) {
        Map<Expression, Expression> first = Assignments.byName(expected);
        Map<Expression, Expression> second = Assignments.byName(answer);
        if (first.size() < 2 || !first.keySet().equals(second.keySet())) {
            return Optional.empty();
        }
        Likeness all = Likeness.SAME;
        for (Map.Entry<Expression, Expression> entry : first.entrySet()) {
            all = all.and(comparison.compare(entry.getValue(), second.get(entry.getKey())));
        }
        return Optional.of(all);
    }

    /** AB = 4, CD = 5 against 4, 5: what has lost its names is identified by its place; roots of one name are not. */
    private static boolean namesOneSide(Expression expected, Expression answer) {
        return differentNames(expected) && Assignments.byName(answer).isEmpty()
                || differentNames(answer) && Assignments.byName(expected).isEmpty();
    }

    private static boolean differentNames(Expression expression) {
        return Assignments.byName(expression).keySet().stream()
                        .map(name -> name instanceof Expression.Symbol symbol
                                ? symbol.name().replaceAll("_.*", "")
                                : name.toString())
                        .distinct()
                        .count()
                > 1;
    }

    /** Items without the names they are given to; a pair of ± counts as two. */
    private static List<Expression> items(Expression expression) {
        List<Expression> items = new ArrayList<>();
        List<Expression> raw = expression instanceof Sequence sequence ? sequence.items() : List.of(expression);
        for (Expression item : raw) {
            Expression value = PlainForm.of(item);
            if (value instanceof Relation relation && Assignments.isAssignment(relation)) {
                value = PlainForm.of(Assignments.value(relation));
            } else if (value instanceof Sequence sequence && sequence.open() == '(') {
                value = new Sequence(
                        sequence.items().stream().map(Assignments::unnamed).toList(), '(', sequence.close());
            }
            if (isList(value) && !isSet(value)) {
                items.addAll(((Sequence) value).items());
            } else {
                items.add(value);
            }
        }
        return items;
    }

    private static List<Expression> distinct(List<Expression> items) {
        return List.copyOf(new LinkedHashSet<>(items));
    }
}
