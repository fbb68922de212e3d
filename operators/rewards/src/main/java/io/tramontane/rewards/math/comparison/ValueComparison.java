package io.tramontane.rewards.math.comparison;

import io.tramontane.rewards.math.syntax.Expression;
import io.tramontane.rewards.math.syntax.Expression.Measured;
import io.tramontane.rewards.math.syntax.Expression.Percent;

/** Single values: words, infinities, numbers and terms with their units, as percentages or rounded. */
final class ValueComparison {

    private final MathSettings settings;
    private final Equivalence identity;

    ValueComparison(MathSettings settings, Equivalence identity) {
        this.settings = settings;
        this.identity = identity;
    }

    Likeness compare(Expression expected, Expression answer) {
        if (expected instanceof Expression.Text || answer instanceof Expression.Text) {
            return words(expected).equals(words(answer)) ? Likeness.SAME : Likeness.DIFFERENT;
        }
        if (isInfinite(expected) || isInfinite(answer)) {
            return expected.equals(answer) ? Likeness.SAME : Likeness.DIFFERENT;
        }
        if (expected instanceof Measured first && answer instanceof Measured second) {
            boolean sameUnit = first.unit().equalsIgnoreCase(second.unit());
            return sameUnit ? compare(first.value(), second.value()) : Likeness.DIFFERENT;
        }
        if (settings.missingUnits() && isSameWithoutUnit(expected, answer)) {
            return Likeness.SAME;
        }
        if (settings.percentAsNumber() && isSameWithoutPercent(expected, answer)) {
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

    /** One of them has a unit at most. */
    private boolean isSameWithoutUnit(Expression expected, Expression answer) {
        if (expected instanceof Measured measured) {
            return compare(measured.value(), answer) == Likeness.SAME;
        }
        return answer instanceof Measured measured && compare(expected, measured.value()) == Likeness.SAME;
    }

    private boolean isSameWithoutPercent(Expression expected, Expression answer) {
        if (expected instanceof Percent percent) {
            return !(answer instanceof Percent) && identity.compare(percent.value(), answer) == Likeness.SAME;
        }
        return answer instanceof Percent percent && identity.compare(expected, percent.value()) == Likeness.SAME;
    }

    private static boolean isInfinite(Expression expression) {
        return expression == Expression.Constant.INFINITY
                || expression instanceof Expression.Negation negation
                        && negation.value() == Expression.Constant.INFINITY;
    }

    private static String words(Expression expression) {
        if (expression instanceof Expression.Text text) {
            return AnswerText.words(text.words()).replaceAll("[()]", "");
        }
        return expression instanceof Expression.Symbol symbol ? AnswerText.words(symbol.name()) : "\u0000" + expression;
    }
}
