package io.tramontane.rewards.math.comparison;

import io.tramontane.rewards.math.syntax.Expression;
import io.tramontane.rewards.math.syntax.Expression.Relation;
import io.tramontane.rewards.math.syntax.Expression.Sequence;
import java.util.LinkedHashMap;
import java.util.Map;

/** Names with the values that an answer gives them: x = 5. */
final class Assignments {

    private Assignments() {}

    static boolean isAssignment(Relation relation) {
        return relation.operators().stream().allMatch("="::equals)
                && Inequalities.isName(relation.sides().get(0));
    }

    /** The last side: x = 2 + 3 = 5 is 5. */
    static Expression value(Relation assignment) {
        return assignment.sides().get(assignment.sides().size() - 1);
    }

    /** The value of an assignment; anything else is itself. */
    static Expression unnamed(Expression item) {
        return item instanceof Relation relation && isAssignment(relation) ? value(relation) : item;
    }

    /** The values of a sequence by name; empty when an item has none, or a name has two values. */
    static Map<Expression, Expression> byName(Expression expression) {
        Map<Expression, Expression> values = new LinkedHashMap<>();
        if (expression instanceof Sequence sequence) {
            for (Expression item : sequence.items()) {
                if (!(item instanceof Relation relation)
                        || !isAssignment(relation)
                        || values.put(relation.sides().get(0), value(relation)) != null) {
                    return Map.of();
                }
            }
        }
        return values;
    }
}
