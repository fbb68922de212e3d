package io.tramontane.rewards.math.pairs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An exact polynomial; two are the same function exactly when they are equal.
 *
 * @param terms coefficients, none zero, by monomial: {@code ""} for the constant, {@code "xxy"} for x²y, letters sorted
 */
record Polynomial(Map<String, Fraction> terms) {

    static final Polynomial ZERO = new Polynomial(Map.of());

    Polynomial {
        terms = terms.entrySet().stream()
                .filter(term -> !term.getValue().isZero())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
    }

    static Polynomial constant(Fraction value) {
        return new Polynomial(Map.of("", value));
    }

    static Polynomial constant(long value) {
        return constant(Fraction.of(value));
    }

    static Polynomial variable(char name) {
        return new Polynomial(Map.of(String.valueOf(name), Fraction.ONE));
    }

    /** {@code slope·variable + offset}. */
    static Polynomial linear(long slope, char variable, long offset) {
        return variable(variable).times(constant(slope)).plus(constant(offset));
    }

    /** Coefficients from the constant upwards. */
    static Polynomial of(char variable, List<Fraction> coefficients) {
        Map<String, Fraction> terms = new TreeMap<>();
        for (int power = 0; power < coefficients.size(); power++) {
            terms.put(String.valueOf(variable).repeat(power), coefficients.get(power));
        }
        return new Polynomial(terms);
    }

    Polynomial plus(Polynomial other) {
        Map<String, Fraction> sum = new TreeMap<>(terms);
        other.terms.forEach((monomial, value) -> sum.merge(monomial, value, Fraction::plus));
        return new Polynomial(sum);
    }

    Polynomial minus(Polynomial other) {
        return plus(other.times(constant(-1)));
    }

    Polynomial times(Polynomial other) {
        Map<String, Fraction> product = new TreeMap<>();
        terms.forEach((left, a) -> other.terms.forEach((right, b) -> product.merge(
                (left + right)
                        .chars()
                        .sorted()
                        .mapToObj(letter -> String.valueOf((char) letter))
                        .collect(Collectors.joining()),
                a.times(b),
                Fraction::plus)));
        return new Polynomial(product);
    }

    Polynomial power(int exponent) {
        Polynomial power = constant(1);
        for (int count = 0; count < exponent; count++) {
            power = power.times(this);
        }
        return power;
    }

    boolean isZero() {
        return terms.isEmpty();
    }

    /** Whether one is a multiple of the other by a number, so that both vanish at the same places. */
    boolean isMultipleOf(Polynomial other) {
        if (isZero() || other.isZero() || !terms.keySet().equals(other.terms.keySet())) {
            return isZero() && other.isZero();
        }
        String first = terms.keySet().iterator().next();
        Fraction ratio = terms.get(first).over(other.terms.get(first));
        return equals(other.times(constant(ratio)));
    }

    /** With one term dropped, negated, off by one, of a higher power or in another variable. */
    Polynomial mutated(Draw draw) {
        String monomial = draw.oneOf(List.copyOf(terms.keySet()));
        Fraction value = terms.get(monomial);
        Polynomial term = new Polynomial(Map.of(monomial, value));
        Polynomial rest = minus(term);
        return switch (draw.between(0, 4)) {
            case 0 -> rest;
            case 1 -> rest.minus(term);
            case 2 -> plus(new Polynomial(Map.of(monomial, Fraction.of(draw.nonZero(1)))));
            case 3 -> rest.plus(term.times(variable(monomial.isEmpty() ? 'x' : monomial.charAt(0))));
            default -> plus(constant(draw.nonZero(1)));
        };
    }

    /** Terms in any order, coefficients in any notation. */
    String latex(Draw draw) {
        return latex(draw.shuffled(terms.keySet()), draw);
    }

    /** Highest power first, integers and plain fractions. */
    String latex() {
        List<String> order = new ArrayList<>(terms.keySet());
        order.sort((a, b) -> a.length() == b.length() ? a.compareTo(b) : b.length() - a.length());
        return latex(order, null);
    }

    private String latex(List<String> order, Draw draw) {
        if (isZero()) {
            return "0";
        }
        StringBuilder text = new StringBuilder();
        for (String monomial : order) {
            Fraction value = terms.get(monomial);
            boolean first = text.isEmpty();
            if (value.signum() < 0) {
                text.append(first ? "-" : draw != null && draw.chance(0.5) ? "-" : " - ");
            } else if (!first) {
                text.append(draw != null && draw.chance(0.5) ? "+" : " + ");
            }
            Fraction absolute = value.absolute();
            if (monomial.isEmpty() || !absolute.equals(Fraction.ONE)) {
                text.append(coefficient(absolute, draw));
                if (!monomial.isEmpty() && draw != null) {
                    text.append(draw.oneOf("", "", "", " ", " \\cdot ", "\\,"));
                }
            }
            text.append(letters(monomial, draw));
        }
        return text.toString();
    }

    private static String coefficient(Fraction absolute, Draw draw) {
        if (draw == null || absolute.isInteger()) {
            return Notation.plain(absolute);
        }
        return draw.oneOf("\\frac", "\\dfrac", "\\tfrac") + "{" + absolute.numerator() + "}{" + absolute.denominator()
                + "}";
    }

    private static String letters(String monomial, Draw draw) {
        StringBuilder text = new StringBuilder();
        for (int start = 0; start < monomial.length(); ) {
            int end = start;
            while (end < monomial.length() && monomial.charAt(end) == monomial.charAt(start)) {
                end++;
            }
            text.append(monomial.charAt(start));
            int power = end - start;
            if (power > 1) {
                text.append(power < 10 && (draw == null || draw.chance(0.5)) ? "^" + power : "^{" + power + "}");
            }
            start = end;
        }
        return text.toString();
    }
}
