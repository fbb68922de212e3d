package io.tramontane.rewards.code;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Compares what a program wrote, or a function returned, with what is expected.
 *
 * @param tolerance how far a number may lie from the expected one, absolutely or relative to it; 0: not at all
 */
record OutputComparison(double tolerance) {

    private static final int SHOWN_CHARACTERS = 60;
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,5})?");

    /**
     * Compares line by line, without spaces at the ends of lines and without empty lines at the end.
     *
     * @return the first difference, for a person; empty if there is none
     */
    Optional<String> difference(String expected, String actual) {
        List<String> wanted = lines(expected);
        List<String> given = lines(actual);
        for (int index = 0; index < Math.min(wanted.size(), given.size()); index++) {
            if (!sameLine(wanted.get(index), given.get(index))) {
                return Optional.of("wrong answer on line " + (index + 1) + ": expected '" + shown(wanted.get(index))
                        + "', got '" + shown(given.get(index)) + "'");
            }
        }
        if (given.isEmpty() && !wanted.isEmpty()) {
            return Optional.of("wrong answer: there is no output, expected '" + shown(wanted.get(0)) + "'");
        }
        if (given.size() < wanted.size()) {
            return Optional.of("wrong answer: the output ends after line " + given.size() + ", expected '"
                    + shown(wanted.get(given.size())) + "'");
        }
        if (given.size() > wanted.size()) {
            return Optional.of("wrong answer: the output goes on after line " + wanted.size() + " with '"
                    + shown(given.get(wanted.size())) + "'");
        }
        return Optional.empty();
    }

    private static List<String> lines(String text) {
        List<String> lines = text.stripTrailing().lines().map(String::strip).toList();
        return lines.size() == 1 && lines.get(0).isEmpty() ? List.of() : lines;
    }

    private boolean sameLine(String expected, String actual) {
        if (expected.equals(actual)) {
            return true;
        }
        if (tolerance == 0) {
            return false;
        }
        String[] wanted = SPACE.split(expected);
        String[] given = SPACE.split(actual);
        if (wanted.length != given.length) {
            return false;
        }
        for (int index = 0; index < wanted.length; index++) {
            if (!wanted[index].equals(given[index]) && !close(wanted[index], given[index])) {
                return false;
            }
        }
        return true;
    }

    private boolean close(String expected, String actual) {
        return NUMBER.matcher(expected).matches()
                && NUMBER.matcher(actual).matches()
                && close(Double.parseDouble(expected), Double.parseDouble(actual));
    }

    private boolean close(double expected, double actual) {
        return Math.abs(expected - actual) <= tolerance * Math.max(1, Math.abs(expected));
    }

    /**
     * Compares two JSON values: numbers by value, lists in order, objects by key.
     *
     * @return the difference, for a person; empty if there is none
     */
    Optional<String> difference(JsonNode expected, JsonNode actual) {
        return same(expected, actual)
                ? Optional.empty()
                : Optional.of(
                        "wrong answer: expected " + shown(expected.toString()) + ", got " + shown(actual.toString()));
    }

    private boolean same(JsonNode expected, JsonNode actual) {
        if (expected.isNumber() && actual.isNumber()) {
            return sameNumber(expected, actual);
        }
        if (expected.getNodeType() != actual.getNodeType() || expected.size() != actual.size()) {
            return false;
        }
        if (expected.isArray()) {
            for (int index = 0; index < expected.size(); index++) {
                if (!same(expected.get(index), actual.get(index))) {
                    return false;
                }
            }
            return true;
        }
        if (expected.isObject()) {
            for (Map.Entry<String, JsonNode> field : expected.properties()) {
                if (!actual.has(field.getKey()) || !same(field.getValue(), actual.get(field.getKey()))) {
                    return false;
                }
            }
            return true;
        }
        return expected.equals(actual);
    }

    private boolean sameNumber(JsonNode expected, JsonNode actual) {
        double wanted = expected.doubleValue();
        double given = actual.doubleValue();
        boolean finite = Double.isFinite(wanted) && Double.isFinite(given);
        if (isExact(expected) && isExact(actual)) {
            return expected.decimalValue().compareTo(actual.decimalValue()) == 0
                    || (finite && !areWhole(expected, actual) && wanted == given)
                    || (finite && tolerance > 0 && close(wanted, given));
        }
        return Double.compare(wanted, given) == 0;
    }

    /** NaN and the infinities are the only numbers that are not read exactly. */
    private static boolean isExact(JsonNode number) {
        return number.isIntegralNumber() || number.isBigDecimal();
    }

    private static boolean areWhole(JsonNode expected, JsonNode actual) {
        return expected.isIntegralNumber() && actual.isIntegralNumber();
    }

    static String shown(String text) {
        return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
    }
}
