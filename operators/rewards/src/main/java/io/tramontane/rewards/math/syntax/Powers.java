package io.tramontane.rewards.math.syntax;

import io.tramontane.rewards.math.syntax.Expression.Function;
import io.tramontane.rewards.math.syntax.Expression.Measured;
import io.tramontane.rewards.math.syntax.Expression.Negation;
import io.tramontane.rewards.math.syntax.Expression.Percent;
import io.tramontane.rewards.math.syntax.Expression.Power;
import io.tramontane.rewards.math.syntax.Expression.Symbol;
import java.util.List;

/** What binds tightest: exponents, degrees and indices, and the signs behind a value. */
final class Powers {

    private final Parser parser;
    private final TokenCursor cursor;
    private final MeasuredValues measuredValues;
    private final Brackets brackets;

    Powers(Parser parser, TokenCursor cursor, MeasuredValues measuredValues, Brackets brackets) {
        this.parser = parser;
        this.cursor = cursor;
        this.measuredValues = measuredValues;
        this.brackets = brackets;
    }

    Expression power() {
        Expression base = postfix(parser.atom());
        if (acceptPowerSign()) {
            if (measuredValues.acceptDegrees()) {
                return postfix(new Measured(base, "°"));
            }
            Expression exponent = exponent();
            if (base instanceof Function function && function.arguments().isEmpty()) {
                return function;
            }
            return postfix(new Power(base, exponent));
        }
        if (cursor.acceptCommand("circ") || cursor.acceptCommand("degree")) {
            return new Measured(base, "°");
        }
        return base;
    }

    private boolean acceptPowerSign() {
        if (cursor.accept("^")) {
            return true;
        }
        boolean stars = cursor.peek().isMark("*")
                && cursor.peek(1).isMark("*")
                && !cursor.peek(1).spaced();
        if (stars) {
            cursor.skip(2);
        }
        return stars;
    }

    /** One token or a group; without braces a sign, and a power of its own, belong to it. */
    Expression exponent() {
        if (cursor.accept("-")) {
            return new Negation(exponent());
        }
        if (cursor.peek().isMark("{")) {
            return brackets.group();
        }
        if (cursor.accept("'") || cursor.acceptCommand("prime")) {
            return new Symbol("prime");
        }
        if (cursor.peek().kind() == Token.Kind.NUMBER && cursor.peek(1).isMark("^")) {
            Expression base = parser.atom();
            cursor.skip(1);
            return new Power(base, exponent());
        }
        return parser.atom();
    }

    private Expression postfix(Expression value) {
        Expression result = value;
        while (true) {
            if (cursor.peek().isMark("!") && !cursor.peek(1).isMark("=")) {
                cursor.skip(1);
                result = new Function(cursor.accept("!") ? "doublefactorial" : "factorial", List.of(result));
            } else if (cursor.accept("%")) {
                result = new Percent(result);
            } else if (cursor.peek().isMark("'") && result instanceof Symbol symbol) {
                cursor.skip(1);
                result = new Symbol(symbol.name() + "'");
            } else if (cursor.accept("_")) {
                result = subscripted(result, parser.argument());
            } else if (result instanceof Expression.Number && cursor.peek().isCurrency()) {
                result = new Measured(result, cursor.next().text());
            } else {
                return result;
            }
        }
    }

    private static Expression subscripted(Expression value, Expression index) {
        if (value instanceof Symbol symbol) {
            return new Symbol(symbol.name() + "_" + canonical(index));
        }
        return new Function("base", List.of(value, index));
    }

    /** A text for an index, the same for the same index. */
    private static String canonical(Expression index) {
        if (index instanceof Symbol symbol) {
            return symbol.name();
        }
        return index instanceof Expression.Number number ? number.value().toString() : index.toString();
    }
}
