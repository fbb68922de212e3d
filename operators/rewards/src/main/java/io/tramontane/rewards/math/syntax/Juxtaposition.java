package io.tramontane.rewards.math.syntax;

import io.tramontane.rewards.math.syntax.Expression.Quotient;
import io.tramontane.rewards.math.syntax.Expression.Sum;
import java.util.List;

/** What a factor without a sign before it means: a unit, the fraction of a mixed number, or a product. */
final class Juxtaposition {

    private final Parser parser;
    private final TokenCursor cursor;
    private final MeasuredValues measuredValues;

    Juxtaposition(Parser parser, TokenCursor cursor, MeasuredValues measuredValues) {
        this.parser = parser;
        this.cursor = cursor;
        this.measuredValues = measuredValues;
    }

    Expression following(Expression left) {
        Token token = cursor.peek();
        String unit = measuredValues.acceptUnit();
        if (unit != null) {
            return measuredValues.measured(left, unit);
        }
        boolean integer = left instanceof Expression.Number number
                && number.decimals() == 0
                && number.value().isInteger();
        if (integer && (token.isCommand("frac") || token.isCommand("dfrac") || token.isCommand("tfrac"))) {
            Expression fraction = parser.power();
            return isPlainFraction(fraction) ? new Sum(List.of(left, fraction)) : Parser.product(left, fraction);
        }
        if (integer
                && token.kind() == Token.Kind.NUMBER
                && token.spaced()
                && cursor.peek(1).isMark("/")) {
            Expression top = parser.power();
            cursor.skip(1);
            Expression fraction = new Quotient(top, parser.power());
            if (isPlainFraction(fraction)) {
                return new Sum(List.of(left, fraction));
            }
        }
        if (token.kind() == Token.Kind.NUMBER && left instanceof Expression.Number) {
            throw new SyntaxException("two numbers in a row");
        }
        return Parser.product(left, parser.power());
    }

    private static boolean isPlainFraction(Expression fraction) {
        return fraction instanceof Quotient quotient
                && quotient.top() instanceof Expression.Number top
                && quotient.bottom() instanceof Expression.Number bottom
                && top.decimals() == 0
                && bottom.decimals() == 0
                && top.value().compareTo(bottom.value()) < 0;
    }
}
