package io.tramontane.rewards.math.comparison;

import io.tramontane.rewards.math.real.Budget;
import io.tramontane.rewards.math.real.Rational;
import io.tramontane.rewards.math.syntax.Expression;
import io.tramontane.rewards.math.syntax.Expression.Relation;
import io.tramontane.rewards.math.syntax.Expression.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rules by which a given answer is compared with a reference. Not thread-safe: it spends its comparison's budget.
 */
final class AnswerComparison {

    private static final int MOST_ITEMS = 200;

    private final MathSettings settings;
    private final Equivalence identity;

    AnswerComparison(MathSettings settings, Budget budget) {
        this.settings = settings;
        this.identity = new Equivalence(budget);
    }

    Likeness compare(Expression reference, Expression given) {
        Expression expected = resolved(reference);
        Expression answer = resolved(given);
        if (isList(expected) || isList(answer)) {
            return lists(expected, answer);
        }
        if (expected instanceof Relation || answer instanceof Relation) {
            return relations(expected, answer);
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
            return ratios(expected, answer);
        }
        return values(expected, answer);
    }

    /** ± as a list of two, a matrix product as its matrix, an approximation as what it approximates. */
    private static Expression resolved(Expression expression) {
        Expression plain = approximated(expression);
        Set<Expression> variants = new LinkedHashSet<>(PlusMinus.variants(plain));
        if (variants.size() > 1) {
            return new Sequence(List.copyOf(variants), ' ', ' ');
        }
        if (plain instanceof Expression.Negation negation && negation.value() instanceof Expression.Measured measured) {
            return new Expression.Measured(new Expression.Negation(measured.value()), measured.unit());
        }
        return Matrices.simplified(plain);
    }

    private static Expression approximated(Expression expression) {
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

    private static boolean isList(Expression expression) {
        return expression instanceof Sequence sequence && (sequence.open() == ' ' || sequence.open() == '{');
    }

    private Likeness lists(Expression expected, Expression answer) {
        boolean tuple = expected instanceof Sequence sequence && sequence.open() == '('
                || answer instanceof Sequence other && other.open() == '(';
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
        boolean ordered = tuple || settings.orderedLists() && !set || namesOneSide(expected, answer);
        return ordered ? inOrder(items, others) : inAnyOrder(items, others);
    }

    /** AB = 4, CD = 5 against 4, 5: what has lost its names is told apart by its place; roots of one name are not. */
    private static boolean namesOneSide(Expression expected, Expression answer) {
        return differentNames(expected) && assignments(answer).isEmpty()
                || differentNames(answer) && assignments(expected).isEmpty();
    }

    private static boolean differentNames(Expression expression) {
        return assignments(expression).keySet().stream()
                        .map(name -> name instanceof Expression.Symbol symbol
                                ? symbol.name().replaceAll("_.*", "")
                                : name.toString())
                        .distinct()
                        .count()
                > 1;
    }

    /** With a square bracket at least: neither a list nor a tuple. */
    private static boolean isInterval(Expression expression) {
        return expression instanceof Sequence sequence && (sequence.open() == '[' || sequence.close() == ']');
    }

    /** x = 1, y = 2 against y = 2, x = 1: by name, where every item of both has one and they are the same names. */
    private Optional<Likeness> named(Expression expected, Expression answer) {
        Map<Expression, Expression> first = assignments(expected);
        Map<Expression, Expression> second = assignments(answer);
        if (first.size() < 2 || !first.keySet().equals(second.keySet())) {
            return Optional.empty();
        }
        Likeness all = Likeness.SAME;
        for (Map.Entry<Expression, Expression> entry : first.entrySet()) {
            all = all.and(compare(entry.getValue(), second.get(entry.getKey())));
        }
        return Optional.of(all);
    }

    /** Values by name; empty when an item has none, or a name has two values. */
    private static Map<Expression, Expression> assignments(Expression expression) {
        Map<Expression, Expression> values = new LinkedHashMap<>();
        if (expression instanceof Sequence sequence) {
            for (Expression item : sequence.items()) {
                if (!(item instanceof Relation relation)
                        || !isAssignment(relation)
                        || values.put(relation.sides().get(0), unnamed(item)) != null) {
                    return Map.of();
                }
            }
        }
        return values;
    }

    private static List<Expression> distinct(List<Expression> items) {
        return List.copyOf(new LinkedHashSet<>(items));
    }

    private static boolean isSet(Expression expression) {
        return expression instanceof Sequence sequence && sequence.open() == '{';
    }

    /** Items without the names they are given to; a pair of ± counts as two. */
    private static List<Expression> items(Expression expression) {
        List<Expression> items = new ArrayList<>();
        List<Expression> raw = expression instanceof Sequence sequence ? sequence.items() : List.of(expression);
        for (Expression item : raw) {
            Expression value = resolved(item);
            if (value instanceof Relation relation && isAssignment(relation)) {
                value = resolved(relation.sides().get(relation.sides().size() - 1));
            } else if (value instanceof Sequence sequence && sequence.open() == '(') {
                value = new Sequence(
                        sequence.items().stream().map(AnswerComparison::unnamed).toList(), '(', sequence.close());
            }
            if (isList(value) && !isSet(value)) {
                items.addAll(((Sequence) value).items());
            } else {
                items.add(value);
            }
        }
        return items;
    }

    private static Expression unnamed(Expression item) {
        return item instanceof Relation relation && isAssignment(relation)
                ? relation.sides().get(relation.sides().size() - 1)
                : item;
    }

    private static boolean isAssignment(Relation relation) {
        return relation.operators().stream().allMatch("="::equals)
                && Inequalities.isName(relation.sides().get(0));
    }

    private Likeness inOrder(List<Expression> items, List<Expression> others) {
        Likeness all = Likeness.SAME;
        for (int index = 0; index < items.size() && all != Likeness.DIFFERENT; index++) {
            all = all.and(compare(items.get(index), others.get(index)));
        }
        return all;
    }

    private Likeness inAnyOrder(List<Expression> items, List<Expression> others) {
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

    private Likeness relations(Expression expected, Expression answer) {
        if (expected instanceof Relation first && answer instanceof Relation second) {
            return both(first, second);
        }
        Relation relation = (Relation) (expected instanceof Relation ? expected : answer);
        Expression other = expected instanceof Relation ? answer : expected;
        if (isAssignment(relation)) {
            Expression value = relation.sides().get(relation.sides().size() - 1);
            return expected instanceof Relation ? compare(value, other) : compare(other, value);
        }
        if (isMembership(relation)) {
            Expression set = relation.sides().get(1);
            return expected instanceof Relation ? compare(set, other) : compare(other, set);
        }
        // A reference that is a set asks for a set.
        Optional<Expression> interval = Inequalities.interval(relation);
        if (expected instanceof Relation
                && interval.isPresent()
                && (other instanceof Sequence || other instanceof Expression.Union)) {
            return compare(interval.get(), other);
        }
        return Likeness.DIFFERENT;
    }

    private static boolean isMembership(Relation relation) {
        return relation.operators().equals(List.of("∈"));
    }

    private Likeness both(Relation expected, Relation answer) {
        if (isMembership(expected) && isMembership(answer)) {
            return compare(expected.sides().get(1), answer.sides().get(1));
        }
        if (isMembership(answer)) {
            return Inequalities.interval(expected)
                    .map(interval -> compare(interval, answer.sides().get(1)))
                    .orElse(Likeness.UNKNOWN);
        }
        if (isMembership(expected)) {
            return Likeness.UNKNOWN;
        }
        if (Inequalities.isOrder(expected) && Inequalities.isOrder(answer)) {
            return orders(Inequalities.ascending(expected), Inequalities.ascending(answer));
        }
        if (isAssignment(expected) && isAssignment(answer)) {
            Likeness names =
                    compareNames(expected.sides().get(0), answer.sides().get(0));
            Likeness values = compare(
                    expected.sides().get(expected.sides().size() - 1),
                    answer.sides().get(answer.sides().size() - 1));
            if (names == Likeness.SAME) {
                return values;
            }
        }
        if (expected.operators().equals(List.of("=")) && answer.operators().equals(List.of("="))) {
            return equations(expected, answer);
        }
        if (!expected.operators().equals(answer.operators())) {
            return Likeness.DIFFERENT;
        }
        Likeness straight = inOrder(expected.sides(), answer.sides());
        boolean symmetric = expected.operators().stream().allMatch(operator -> "=≠≡".contains(operator));
        if (straight != Likeness.SAME && symmetric && expected.sides().size() == 2) {
            return inOrder(
                    expected.sides(),
                    List.of(answer.sides().get(1), answer.sides().get(0)));
        }
        return straight;
    }

    private static Likeness compareNames(Expression expected, Expression answer) {
        return expected.equals(answer) ? Likeness.SAME : Likeness.DIFFERENT;
    }

    /** Equal when one is the other times a constant. */
    private Likeness equations(Relation expected, Relation answer) {
        if (inOrder(expected.sides(), answer.sides()) == Likeness.SAME
                || inOrder(
                                expected.sides(),
                                List.of(answer.sides().get(1), answer.sides().get(0)))
                        == Likeness.SAME) {
            return Likeness.SAME;
        }
        return identity.proportional(difference(expected), difference(answer), false)
                ? Likeness.SAME
                : Likeness.DIFFERENT;
    }

    private static Expression difference(Relation relation) {
        return new Expression.Sum(List.of(
                relation.sides().get(0),
                new Expression.Negation(relation.sides().get(1))));
    }

    private Likeness orders(Relation expected, Relation answer) {
        if (expected.operators().equals(answer.operators())
                && inOrder(expected.sides(), answer.sides()) == Likeness.SAME) {
            return Likeness.SAME;
        }
        boolean single = expected.sides().size() == 2 && answer.sides().size() == 2;
        if (single
                && expected.operators().equals(answer.operators())
                && identity.proportional(difference(expected), difference(answer), true)) {
            return Likeness.SAME;
        }
        return Likeness.DIFFERENT;
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
                    first.items().stream().map(AnswerComparison::unnamed).toList(),
                    second.items().stream().map(AnswerComparison::unnamed).toList());
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

    private Likeness ratios(Expression expected, Expression answer) {
        List<Expression> first = expected instanceof Expression.Ratio ratio ? ratio.parts() : quotient(expected);
        List<Expression> second = answer instanceof Expression.Ratio ratio ? ratio.parts() : quotient(answer);
        if (first.size() != second.size()) {
            return Likeness.DIFFERENT;
        }
        if (inOrder(first, second) == Likeness.SAME) {
            return Likeness.SAME;
        }
        if (isTime(expected) && isTime(answer)) {
            return Likeness.DIFFERENT;
        }
        // Proportional where all parts can divide: 7:32 is 14:64, but 12:00 is no 1:00.
        Likeness all = Likeness.SAME;
        for (int index = 1; index < first.size() && all != Likeness.DIFFERENT; index++) {
            all = all.and(identity.compare(
                    new Expression.Quotient(first.get(0), first.get(index)),
                    new Expression.Quotient(second.get(0), second.get(index))));
        }
        return all;
    }

    /** Hours and minutes, of which 12:30 is not 6:15. */
    private static boolean isTime(Expression expression) {
        return expression instanceof Expression.Ratio ratio
                && ratio.parts().size() == 2
                && isWithin(ratio.parts().get(0), 0, 24)
                && (isWithin(ratio.parts().get(1), 10, 59)
                        || isWithin(ratio.parts().get(1), 0, 0));
    }

    private static boolean isWithin(Expression expression, int least, int most) {
        return expression instanceof Expression.Number number
                && number.value().isInteger()
                && number.value().compareTo(Rational.of(least)) >= 0
                && number.value().compareTo(Rational.of(most)) <= 0;
    }

    private static List<Expression> quotient(Expression expression) {
        return expression instanceof Expression.Quotient quotient
                ? List.of(quotient.top(), quotient.bottom())
                : List.of(expression, new Expression.Number(Rational.ONE, 0));
    }

    private Likeness values(Expression expected, Expression answer) {
        if (expected instanceof Expression.Text || answer instanceof Expression.Text) {
            return words(expected).equals(words(answer)) ? Likeness.SAME : Likeness.DIFFERENT;
        }
        if (expected == Expression.Constant.INFINITY
                || answer == Expression.Constant.INFINITY
                || isMinusInfinity(expected)
                || isMinusInfinity(answer)) {
            return expected.equals(answer) ? Likeness.SAME : Likeness.DIFFERENT;
        }
        if (expected instanceof Expression.Measured first && answer instanceof Expression.Measured second) {
            boolean sameUnit = first.unit().equalsIgnoreCase(second.unit());
            return sameUnit ? values(first.value(), second.value()) : Likeness.DIFFERENT;
        }
        if (settings.missingUnits()
                && expected instanceof Expression.Measured measured
                && values(measured.value(), answer) == Likeness.SAME) {
            return Likeness.SAME;
        }
        if (settings.missingUnits()
                && answer instanceof Expression.Measured measured
                && values(expected, measured.value()) == Likeness.SAME) {
            return Likeness.SAME;
        }
        if (settings.percentAsNumber()
                && expected instanceof Expression.Percent percent
                && !(answer instanceof Expression.Percent)
                && same(percent.value(), answer)) {
            return Likeness.SAME;
        }
        if (settings.percentAsNumber()
                && answer instanceof Expression.Percent percent
                && !(expected instanceof Expression.Percent)
                && same(expected, percent.value())) {
            return Likeness.SAME;
        }
        Likeness likeness = identity.compare(expected, answer);
        if (likeness != Likeness.SAME
                && settings.roundingDecimals() >= 0
                && identity.roundsAlike(expected, answer, settings.roundingDecimals())) {
            return Likeness.SAME;
        }
        return likeness;
    }

    private boolean same(Expression left, Expression right) {
        return identity.compare(left, right) == Likeness.SAME;
    }

    private static boolean isMinusInfinity(Expression expression) {
        return expression instanceof Expression.Negation negation && negation.value() == Expression.Constant.INFINITY;
    }

    private static String words(Expression expression) {
        if (expression instanceof Expression.Text text) {
            return AnswerText.words(text.words()).replaceAll("[()]", "");
        }
        return expression instanceof Expression.Symbol symbol ? AnswerText.words(symbol.name()) : "\u0000" + expression;
    }
}
