package io.tramontane.rewards.math.pairs;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Ways in which people write the same number. */
final class Notation {

    private Notation() {}

    /** The plainest way: {@code -\frac{3}{4}}. */
    static String plain(Fraction value) {
        return value.isInteger()
                ? value.numerator().toString()
                : (value.signum() < 0 ? "-" : "") + "\\frac{"
                        + value.numerator().abs() + "}{" + value.denominator() + "}";
    }

    /** Any way that still reads as one number inside a list, a tuple or a bound: no separators of thousands. */
    static String number(Draw draw, Fraction value) {
        return value.isInteger() ? integer(draw, value) : fraction(draw, value);
    }

    private static String integer(Draw draw, Fraction value) {
        return draw.chance(0.8)
                ? value.numerator().toString()
                : draw.oneOf(
                        value.numerator() + ".0",
                        minus(value) + "{" + value.absolute().numerator() + "}");
    }

    static String fraction(Draw draw, Fraction value) {
        String sign = minus(value);
        String over = value.numerator().abs().toString();
        String under = value.denominator().toString();
        List<String> ways = new ArrayList<>(List.of(
                sign + "\\frac{" + over + "}{" + under + "}",
                sign + "\\dfrac{" + over + "}{" + under + "}",
                sign + "\\tfrac{" + over + "}{" + under + "}",
                sign + "\\frac {" + over + "} {" + under + "}",
                "\\frac{" + sign + over + "}{" + under + "}",
                sign + over + "/" + under,
                sign + "{" + over + " \\over " + under + "}",
                sign + "\\left(\\frac{" + over + "}{" + under + "}\\right)"));
        int factor = draw.between(2, 7);
        ways.add(sign + "\\frac{" + over(value, factor) + "}{" + under(value, factor) + "}");
        if (over.length() == 1 && under.length() == 1) {
            ways.add(sign + "\\frac" + over + under);
            ways.add(sign + "\\frac " + over + " " + under);
            ways.add(sign + "\\frac" + over + "{" + under + "}");
        }
        if (value.decimals() >= 0 && value.decimals() <= 6) {
            String decimal = decimal(value);
            ways.add(decimal);
            ways.add(decimal + "0");
            ways.add(decimal.replaceFirst("^(-?)0\\.", "$1."));
        }
        return draw.oneOf(ways);
    }

    /** Exact decimal digits of a value that has them. */
    static String decimal(Fraction value) {
        return new BigDecimal(value.numerator())
                .divide(new BigDecimal(value.denominator()))
                .toPlainString();
    }

    /** {@code 2\frac{1}{3}} of 7/3. */
    static String mixed(Draw draw, Fraction value) {
        Fraction absolute = value.absolute();
        var parts = absolute.numerator().divideAndRemainder(absolute.denominator());
        String fraction =
                draw.oneOf("\\frac", "\\dfrac", "\\tfrac") + "{" + parts[1] + "}{" + absolute.denominator() + "}";
        return minus(value)
                + draw.oneOf(
                        parts[0] + fraction,
                        parts[0] + " " + fraction,
                        parts[0] + "\\," + fraction,
                        parts[0] + " " + parts[1] + "/" + absolute.denominator());
    }

    /** {@code 1,234,567} and its like. */
    static String grouped(Draw draw, Fraction integer) {
        String separator = draw.oneOf(",", "{,}", "\\,", ",\\!", " ");
        String digits = integer.absolute().numerator().toString();
        StringBuilder grouped = new StringBuilder();
        for (int index = 0; index < digits.length(); index++) {
            if (index > 0 && (digits.length() - index) % 3 == 0) {
                grouped.append(separator);
            }
            grouped.append(digits.charAt(index));
        }
        return minus(integer) + grouped;
    }

    /** {@code 1.25 \times 10^{3}} of a value that has a finite decimal. */
    static String scientific(Draw draw, Fraction value, int exponent) {
        Fraction power = Fraction.of(BigInteger.TEN.pow(Math.abs(exponent)));
        Fraction mantissa = exponent < 0 ? value.times(power) : value.over(power);
        String times = draw.oneOf(" \\times 10^{", "\\cdot 10^{", " \\times10^{");
        return decimal(mantissa) + times + exponent + "}";
    }

    private static String minus(Fraction value) {
        return value.signum() < 0 ? "-" : "";
    }

    private static String over(Fraction value, int factor) {
        return value.numerator().abs().multiply(BigInteger.valueOf(factor)).toString();
    }

    private static String under(Fraction value, int factor) {
        return value.denominator().multiply(BigInteger.valueOf(factor)).toString();
    }
}
