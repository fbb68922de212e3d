package io.tramontane.rewards.correctness;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads integers, decimals and fractions exactly.
 *
 * <p>A comma or point is a thousands separator or a decimal mark. It is the decimal mark if it stands once and the
 * digits around it cannot be groups of three ({@code 1,5}, {@code 0,125}, {@code 1234,567}), or if it follows the other
 * sign ({@code 1.234,5}). {@code 1,234} is read the English way, as 1234; {@code 1.234} as a decimal.
 */
final class NumberReader {

    private static final Pattern LATEX_FRACTION =
            Pattern.compile("([+-]?)(\\d*) ?\\\\[dt]?frac ?(?:\\{([^{}]*)\\}|(\\d)) ?(?:\\{([^{}]*)\\}|(\\d))");
    private static final Pattern FRACTION = Pattern.compile("([+-]?)(?:(\\d+) )?([+-]?[\\d.,]+) ?/ ?([+-]?[\\d.,]+)");
    private static final Pattern DECIMAL = Pattern.compile("([+-]?) ?(\\d*)(?:\\.(\\d+))?(?:[eE]([+-]?\\d{1,3}))?");
    private static final Pattern GROUPS_COMMA = Pattern.compile("\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?");
    private static final Pattern GROUPS_POINT =
            Pattern.compile("\\d{1,3}(?:\\.\\d{3})+,\\d+|\\d{1,3}(?:\\.\\d{3}){2,}");
    private static final Pattern GROUPS_SPACE = Pattern.compile("\\d{1,3}(?:[ '’]\\d{3})+(?:[.,]\\d+)?");

    private NumberReader() {}

    /** The value of a number without unit and currency; empty if the text is anything else. */
    static Optional<Fraction> read(String text) {
        String number = text.strip().replace("{,}", ",");
        Matcher latex = LATEX_FRACTION.matcher(number);
        if (latex.matches()) {
            String top = latex.group(3) != null ? latex.group(3) : latex.group(4);
            String bottom = latex.group(5) != null ? latex.group(5) : latex.group(6);
            return mixed(latex.group(1), latex.group(2), top.strip(), bottom.strip());
        }
        Matcher fraction = FRACTION.matcher(number);
        if (fraction.matches()) {
            return mixed(fraction.group(1), fraction.group(2), fraction.group(3), fraction.group(4));
        }
        return decimal(number);
    }

    /** {@code whole + top/bottom}, the sign before all of it. */
    private static Optional<Fraction> mixed(String sign, String whole, String top, String bottom) {
        Optional<Fraction> numerator = decimal(top);
        Optional<Fraction> denominator = decimal(bottom);
        if (numerator.isEmpty()
                || denominator.isEmpty()
                || denominator.get().numerator().signum() == 0) {
            return Optional.empty();
        }
        Fraction value = numerator.get().dividedBy(denominator.get());
        if (whole != null && !whole.isEmpty()) {
            value = value.plus(Fraction.of(new BigDecimal(whole)));
        }
        return Optional.of(sign.equals("-") ? value.negated() : value);
    }

    private static Optional<Fraction> decimal(String number) {
        Matcher matcher = DECIMAL.matcher(withoutSeparators(number));
        if (!matcher.matches() || (matcher.group(2).isEmpty() && matcher.group(3) == null)) {
            return Optional.empty();
        }
        String digits = matcher.group(2).isEmpty() ? "0" : matcher.group(2);
        String fraction = matcher.group(3) == null ? "" : "." + matcher.group(3);
        String exponent = matcher.group(4) == null ? "" : "e" + matcher.group(4);
        Fraction value = Fraction.of(new BigDecimal(digits + fraction + exponent));
        return Optional.of(matcher.group(1).equals("-") ? value.negated() : value);
    }

    /** The number with a point as its decimal mark and nothing between its digits. */
    private static String withoutSeparators(String number) {
        String sign = number.startsWith("-") || number.startsWith("+") ? number.substring(0, 1) : "";
        String digits = number.substring(sign.length()).strip();
        if (GROUPS_COMMA.matcher(digits).matches() && !digits.startsWith("0,")) {
            return sign + digits.replace(",", "");
        }
        if (GROUPS_POINT.matcher(digits).matches()) {
            return sign + digits.replace(".", "").replace(',', '.');
        }
        if (GROUPS_SPACE.matcher(digits).matches()) {
            return sign + digits.replaceAll("[ '’]", "").replace(',', '.');
        }
        boolean decimalComma = digits.indexOf(',') >= 0 && digits.indexOf(',') == digits.lastIndexOf(',');
        return sign + (decimalComma && digits.indexOf('.') < 0 ? digits.replace(',', '.') : digits);
    }
}
