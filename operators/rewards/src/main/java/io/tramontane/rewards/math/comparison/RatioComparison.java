package io.tramontane.rewards.math.comparison;

import io.tramontane.rewards.math.real.Rational;
import io.tramontane.rewards.math.syntax.Expression;
import java.util.List;

/** Ratios and times of day; a fraction is a ratio of two. */
final class RatioComparison {

    private final AnswerComparison comparison;
    private final Equivalence identity;

    RatioComparison(AnswerComparison comparison, Equivalence identity) {
        this.comparison = comparison;
        this.identity = identity;
    }

    /** One of them is a ratio at least. */
    Likeness compare(Expression expected, Expression answer) {
        List<Expression> first = parts(expected);
        List<Expression> second = parts(answer);
        if (first.size() != second.size()) {
            return Likeness.DIFFERENT;
        }
        if (comparison.inOrder(first, second) == Likeness.SAME) {
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

    private static List<Expression> parts(Expression expression) {
        if (expression instanceof Expression.Ratio ratio) {
            return ratio.parts();
        }
        return expression instanceof Expression.Quotient quotient
                ? List.of(quotient.top(), quotient.bottom())
                : List.of(expression, new Expression.Number(Rational.ONE, 0));
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
}
