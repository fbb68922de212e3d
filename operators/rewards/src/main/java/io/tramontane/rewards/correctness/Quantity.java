package io.tramontane.rewards.correctness;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number and the unit that was written with it.
 *
 * @param value the exact value
 * @param unit lower case, without spaces; empty when none was written
 */
record Quantity(Fraction value, String unit) {

    /** Longer than any answer worth reading; bounds the cost of the arithmetic. */
    private static final int MAXIMUM_LENGTH = 1_000;

    private static final Pattern TEXT_COMMAND =
            Pattern.compile("\\\\(?:text|textbf|mathrm|mbox|operatorname)\\s*\\{([^{}]*)\\}");
    private static final Pattern LATEX_SPACE = Pattern.compile("\\\\[,;:! ]|\\\\q?quad|~");
    private static final Pattern DELIMITERS = Pattern.compile("\\\\[()\\[\\]]|\\\\left|\\\\right");
    private static final Pattern CURRENCY = Pattern.compile("\\\\?\\$|[€£¥₹]");
    private static final Pattern ASSIGNMENT = Pattern.compile("^\\p{L}\\w{0,2}\\s*=\\s*");
    private static final Pattern NUMBER_AND_UNIT =
            Pattern.compile("((?:[^\\p{L}%°]|\\\\[dt]?frac)*?(?:\\d[eE][+-]?\\d{1,3}|[\\d.}]))(\\s*)"
                    + "(%|°|[\\p{L}°][\\p{L}.'/·²³ -]*(?:\\^\\{?\\d\\}?)?)?");

    /** A unit of one letter may stand right behind its number; any other letter there is a variable (5x). */
    private static final String ONE_LETTER_UNITS = "mgshlLkNWVJAKC";

    /** Words that look like units and change the value. */
    private static final Set<String> MULTIPLIERS = Set.of(
            "hundred",
            "thousand",
            "million",
            "millions",
            "billion",
            "billions",
            "trillion",
            "dozen",
            "k",
            "mille",
            "millionen",
            "milliard",
            "milliards",
            "milliarde",
            "milliarden",
            "mil",
            "millón",
            "millones",
            "tausend",
            "hundert",
            "pi",
            "π",
            "sqrt",
            "e",
            "i");

    /** Reads a number in plain writing, with or without thousands separators, currency sign, percent sign or unit. */
    static Optional<Quantity> read(String text) {
        if (text.length() > MAXIMUM_LENGTH) {
            return Optional.empty();
        }
        String plain = TEXT_COMMAND.matcher(text).replaceAll(" $1 ");
        plain = LATEX_SPACE.matcher(plain).replaceAll(" ");
        plain = DELIMITERS.matcher(plain).replaceAll("");
        plain = CURRENCY.matcher(plain).replaceAll("");
        plain = plain.replace("\\%", "%")
                .replace('\u2212', '-')
                .replaceAll("[\\s\\u00a0\\u2009\\u202f]+", " ")
                .strip();
        plain = ASSIGNMENT.matcher(plain).replaceFirst("");
        if (plain.endsWith(".") || plain.endsWith(",")) {
            plain = plain.substring(0, plain.length() - 1).strip();
        }
        Matcher matcher = NUMBER_AND_UNIT.matcher(plain);
        if (!matcher.matches() || !isUnit(matcher.group(2), matcher.group(3))) {
            return Optional.empty();
        }
        String unit = matcher.group(3) == null
                ? ""
                : matcher.group(3).replaceAll("[ .]", "").toLowerCase(Locale.ROOT);
        return NumberReader.read(matcher.group(1)).map(value -> new Quantity(value, unit));
    }

    private static boolean isUnit(String space, String unit) {
        if (unit == null) {
            return true;
        }
        for (String word : unit.split("[ ./·-]+")) {
            if (MULTIPLIERS.contains(word.toLowerCase(Locale.ROOT))) {
                return false;
            }
        }
        return !space.isEmpty()
                || unit.length() > 1
                || !Character.isLetter(unit.charAt(0))
                || ONE_LETTER_UNITS.indexOf(unit.charAt(0)) >= 0;
    }

    /** Units agree unless both are written and differ. */
    boolean unitAgrees(Quantity other) {
        return unit.isEmpty() || other.unit.isEmpty() || unit.equals(other.unit);
    }
}
