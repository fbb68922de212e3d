package io.tramontane.rewards.math.syntax;

import io.tramontane.rewards.math.syntax.Expression.Measured;
import io.tramontane.rewards.math.syntax.Expression.Percent;
import java.util.Locale;
import java.util.regex.Pattern;

/** Values with the unit behind them. */
final class MeasuredValues {

    /** Words behind a value that do not measure it. */
    private static final Pattern OTHER_WORDS =
            Pattern.compile("(?i)and|or|,? ?and|,? ?or|if|for|where|when|is|are|to|,");

    private final Parser parser;
    private final TokenCursor cursor;

    MeasuredValues(Parser parser, TokenCursor cursor) {
        this.parser = parser;
        this.cursor = cursor;
    }

    /** @param unit as it was accepted; the rest of it may still come */
    Expression measured(Expression value, String unit) {
        String whole = unit;
        // Powers of a unit and words like "square" before it belong to it.
        while (true) {
            if (cursor.accept("^")) {
                whole += "^" + rendered(parser.argument());
            } else if (cursor.peek().isMark("/") && Units.of(cursor.peek(1).text()) != null) {
                cursor.skip(1);
                whole += "/" + Units.of(cursor.next().text());
            } else {
                String more = acceptUnit();
                if (more == null) {
                    break;
                }
                whole += " " + more;
            }
        }
        if (whole.equals("%")) {
            return new Percent(value);
        }
        String known = whole.replace("square ", "").strip();
        if (whole.startsWith("square ") && !known.isEmpty()) {
            known = known + "^2";
        }
        return whole.isEmpty() ? value : new Measured(value, known);
    }

    private static String rendered(Expression exponent) {
        return exponent instanceof Expression.Number number ? number.value().toString() : exponent.toString();
    }

    /** The unit that comes next, already taken; null when there is none. */
    String acceptUnit() {
        Token token = cursor.peek();
        if (token.kind() == Token.Kind.TEXT) {
            String text = token.text().strip();
            if (text.isEmpty()) {
                cursor.skip(1);
                return "";
            }
            if (OTHER_WORDS.matcher(text).matches()) {
                return null;
            }
            cursor.skip(1);
            String unit = Units.of(text);
            return unit != null ? unit : text.toLowerCase(Locale.ROOT);
        }
        if (token.kind() == Token.Kind.WORD && token.text().length() > 1) {
            String unit = Units.of(token.text());
            if (unit != null) {
                cursor.skip(1);
            }
            return unit;
        }
        return null;
    }

    /** Degrees written as an exponent, whose sign is already taken. */
    boolean acceptDegrees() {
        int brace = cursor.peek().isMark("{") ? 1 : 0;
        Token sign = cursor.peek(brace);
        if (sign.isCommand("circ") || sign.isCommand("degree") || sign.isMark("o")) {
            cursor.skip(brace + 1 + brace);
            return true;
        }
        return false;
    }
}
