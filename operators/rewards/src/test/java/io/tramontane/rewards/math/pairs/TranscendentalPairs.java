package io.tramontane.rewards.math.pairs;

import io.tramontane.rewards.math.pairs.PairKind.Sides;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Logarithms, exponentials, trigonometry, π. A sum {@code q₀ + q₁·c₁ + q₂·c₂} with rational factors has one value for
 * each choice of factors if 1, c₁, c₂ are linearly independent over the rationals, which holds for what is drawn here:
 * logarithms of different primes, powers of one of π, e, ln 2 (transcendental), functions of a free variable.
 */
final class TranscendentalPairs {

    private static final List<List<String>> BASES = List.of(
            List.of("\\ln 2", "\\ln 3", "\\ln 5"),
            List.of("\\pi", "\\pi^2"),
            List.of("e", "e^2", "e^{-1}"),
            List.of("\\sin x", "\\cos x", "\\sin 2x"),
            List.of("\\sin(x)", "\\cos(3x)", "x"),
            List.of("\\ln x", "\\sqrt{x}", "x"),
            List.of("e^x", "e^{2x}", "e^{-x}"),
            List.of("\\log_2 3", "\\log_2 5"),
            List.of("\\tan \\theta", "\\cos \\theta"));

    private TranscendentalPairs() {}

    static List<PairKind> rewrites() {
        return List.of(
                kind("sum of transcendentals", draw -> {
                    Map<String, Fraction> sum = drawn(draw);
                    return new Sides(latex(draw, sum), latex(draw, sum));
                }),
                kind("multiple of π", draw -> {
                    Fraction value = draw.number(24);
                    String sign = value.signum() < 0 ? "-" : "";
                    String over = value.numerator().abs().toString();
                    String times = over.equals("1") ? "" : over;
                    String under = value.denominator().toString();
                    return new Sides(
                            sign + "\\frac{" + times + "\\pi}{" + under + "}",
                            draw.oneOf(
                                    Notation.plain(value) + "\\pi",
                                    Notation.plain(value) + " \\pi",
                                    sign + times + "\\pi/" + under,
                                    sign + "\\pi \\cdot \\frac{" + over + "}{" + under + "}",
                                    sign + times + "π/" + under,
                                    sign + "\\dfrac{" + times + " \\pi}{" + under + "}"));
                }),
                kind("logarithm", draw -> {
                    int a = draw.between(2, 12);
                    int b = draw.between(2, 12);
                    int n = draw.between(2, 6);
                    String log = draw.oneOf("\\ln", "\\log", "\\log_{10}", "\\log_2", "\\log_{3}");
                    return draw.oneOf(
                            new Sides(log + "(" + a * b + ")", log + "(" + a + ") + " + log + "(" + b + ")"),
                            new Sides(
                                    log + " " + a + " - " + log + " " + b,
                                    log + "\\left(\\frac{" + a + "}{" + b + "}\\right)"),
                            new Sides(n + log + " " + a, log + "(" + a + "^" + n + ")"),
                            new Sides("-" + log + " " + a, log + "\\frac{1}{" + a + "}"),
                            new Sides("\\log_{" + a + "} " + b, "\\frac{\\ln " + b + "}{\\ln " + a + "}"),
                            new Sides("\\log_{" + a + "} " + b, "\\frac{1}{\\log_{" + b + "} " + a + "}"),
                            new Sides("\\log_{" + a + "} " + power(a, n), n + ""),
                            new Sides("e^{" + n + "\\ln " + a + "}", power(a, n) + ""),
                            new Sides("\\ln e^{" + n + "}", n + ""));
                }),
                kind("exponential", draw -> {
                    int a = draw.between(2, 9);
                    int b = draw.between(2, 9);
                    return draw.oneOf(
                            new Sides("e^{" + (a + b) + "x}", "e^{" + a + "x} \\cdot e^{" + b + "x}"),
                            new Sides("e^{-" + a + "}", "\\frac{1}{e^{" + a + "}}"),
                            new Sides("(e^{" + a + "})^{" + b + "}", "e^{" + a * b + "}"),
                            new Sides("\\exp(" + a + "x)", "e^{" + a + "x}"),
                            new Sides(a + " - \\frac{" + b + "}{e}", a + " - " + b + "e^{-1}"));
                }),
                kind("trigonometric identity", draw -> {
                    String x = draw.oneOf("x", "\\theta", "\\alpha", "t");
                    int k = draw.between(1, 20);
                    String term = k == 1 ? "" : k + "";
                    return draw.oneOf(
                            new Sides(term + "\\sin^2 " + x + " + " + term + "\\cos^2 " + x, k + ""),
                            new Sides(term + "\\sin(2" + x + ")", 2 * k + "\\sin(" + x + ")\\cos(" + x + ")"),
                            new Sides(term + "\\cos 2" + x, k + " - " + 2 * k + "\\sin^2 " + x),
                            new Sides(term + "\\cos(2" + x + ")", 2 * k + "\\cos^2(" + x + ") - " + k),
                            new Sides(term + "\\tan " + x, "\\frac{" + term + "\\sin " + x + "}{\\cos " + x + "}"),
                            new Sides(term + "\\sec^2 " + x, term + "\\tan^2 " + x + " + " + k),
                            new Sides(term + "\\cot " + x, "\\frac{" + k + "}{\\tan " + x + "}"),
                            new Sides(term + "\\csc(" + x + ")", "\\frac{" + k + "}{\\sin(" + x + ")}"),
                            new Sides(term + "\\sin(-" + x + ")", "-" + term + "\\sin(" + x + ")"));
                }),
                kind("trigonometric value", draw -> {
                    int k = draw.nonZero(12);
                    String term = k + " \\cdot ";
                    return draw.oneOf(
                            new Sides(term + "\\sin\\frac{\\pi}{6}", Notation.plain(Fraction.of(k, 2))),
                            new Sides(term + "\\cos 60^\\circ", Notation.plain(Fraction.of(k, 2))),
                            new Sides(term + "\\cos \\frac{\\pi}{4}", "\\frac{" + k + "\\sqrt{2}}{2}"),
                            new Sides(term + "\\tan\\frac{\\pi}{3}", k + "\\sqrt{3}"),
                            new Sides(term + "\\sin(45^{\\circ})", "\\frac{" + k + "}{\\sqrt{2}}"),
                            new Sides(term + "\\arctan 1", "\\frac{" + k + "\\pi}{4}"),
                            new Sides(term + "\\arcsin\\left(\\frac{1}{2}\\right)", "\\frac{" + k + "\\pi}{6}"),
                            new Sides(term + "\\tan^{-1}(1)", "\\frac{" + k + "\\pi}{4}"));
                }));
    }

    static List<PairKind> nearMisses() {
        return List.of(
                kind("sum of transcendentals", draw -> {
                    Map<String, Fraction> sum = drawn(draw);
                    Map<String, Fraction> other = draw.such(() -> mutated(draw, sum), changed -> !changed.equals(sum));
                    return new Sides(latex(draw, sum), latex(draw, other));
                }),
                kind("rounded constant", draw -> {
                    String digits = "3.14159265358979323846264338327950288419716939937510";
                    String e = "2.71828182845904523536028747135266249775724709369995";
                    int length = draw.between(8, 50);
                    return draw.oneOf(
                            new Sides("\\pi", digits.substring(0, length)),
                            new Sides("e", e.substring(0, length)),
                            new Sides(
                                    "\\frac{\\pi}{2}",
                                    "1.57079632679489661923132169163975144".substring(0, Math.min(length, 36))),
                            new Sides(
                                    "\\ln 2",
                                    "0.69314718055994530941723212145817657".substring(0, Math.min(length, 36))),
                            new Sides("\\pi", draw.oneOf("\\frac{22}{7}", "\\frac{355}{113}", "\\frac{103993}{33102}")),
                            new Sides("e^{\\pi\\sqrt{163}}", "262537412640768744"),
                            new Sides(
                                    draw.between(1, 99) + "\\pi + 10^{-" + draw.between(6, 12) + "}",
                                    draw.between(1, 99) + "\\pi"));
                }),
                kind("logarithm", draw -> {
                    int a = draw.between(2, 12);
                    int b = draw.such(() -> draw.between(3, 12), drawn -> drawn != a);
                    return draw.oneOf(
                            new Sides("\\log_{" + a + "} " + b, "\\log_{" + b + "} " + a),
                            new Sides("\\ln " + a, "\\ln " + b),
                            new Sides("\\ln " + b, "\\log_{10} " + b),
                            new Sides("\\log_2 " + a, "\\log_2 " + a + " + 10^{-9}"),
                            new Sides("\\ln(" + (a + b) + ")", "\\ln " + a + " + \\ln " + b + "+ \\ln " + (a + b)),
                            new Sides("2\\ln x + " + a, "2 \\ln x + " + b),
                            new Sides("e^{" + a + "}", "e^{-" + a + "}"),
                            new Sides("e^{" + a + "x}", "e^{" + b + "x}"));
                }),
                kind("trigonometry", draw -> {
                    String x = draw.oneOf("x", "\\theta", "\\alpha", "t");
                    int k = draw.between(2, 40);
                    return draw.oneOf(
                            new Sides(k + "\\sin " + x, k + "\\cos " + x),
                            new Sides(k + "\\sin 2" + x, 2 * k + "\\sin " + x),
                            new Sides(k + "\\tan " + x, k + "\\cot " + x),
                            new Sides(k + "\\sin^2 " + x, k + "\\sin " + x),
                            new Sides(k + "\\cos 2" + x, k + " - " + k + "\\sin^2 " + x),
                            new Sides(k + "\\sec^2 " + x, k + "\\tan^2 " + x + " - " + k),
                            new Sides(k + "\\sin\\frac{\\pi}{6}", k + "\\cos\\frac{\\pi}{6}"),
                            new Sides(k + "\\arctan 1", k + "\\arctan 2"),
                            new Sides(k + "\\sin " + x, k + "\\sin (" + x + " + 10^{-9})"),
                            new Sides("\\sin " + k, "\\sin " + k + "^\\circ"),
                            new Sides("\\cos(" + k + x + ")", "\\cos(" + (k + 1) + x + ")"));
                }));
    }

    private static PairKind kind(String name, Function<Draw, Sides> sides) {
        return new PairKind(name, draw -> {
            Sides drawn = sides.apply(draw);
            return Sides.either(draw, Wrapping.around(draw, drawn.reference()), Wrapping.around(draw, drawn.answer()));
        });
    }

    private static Map<String, Fraction> drawn(Draw draw) {
        Map<String, Fraction> sum = new TreeMap<>();
        if (draw.chance(0.6)) {
            sum.put("", draw.number(20));
        }
        for (String base : draw.shuffled(draw.oneOf(BASES)).subList(0, 2)) {
            sum.put(base, draw.number(12));
        }
        return sum;
    }

    private static Map<String, Fraction> mutated(Draw draw, Map<String, Fraction> sum) {
        Map<String, Fraction> changed = new TreeMap<>(sum);
        String base = draw.oneOf(List.copyOf(sum.keySet()));
        switch (draw.between(0, 2)) {
            case 0 -> changed.remove(base);
            case 1 -> changed.put(base, sum.get(base).negated());
            default -> changed.put(base, NumberPairs.mutated(draw, sum.get(base)));
        }
        return changed;
    }

    private static String latex(Draw draw, Map<String, Fraction> sum) {
        String text = draw.shuffled(sum.keySet()).stream()
                .map(base -> {
                    Fraction value = sum.get(base);
                    String sign = value.signum() < 0 ? " - " : " + ";
                    Fraction absolute = value.absolute();
                    String factor = absolute.equals(Fraction.ONE) && !base.isEmpty() ? "" : Notation.plain(absolute);
                    return sign
                            + factor
                            + (factor.isEmpty() || base.isEmpty() ? "" : draw.oneOf("", " ", " \\cdot "))
                            + base;
                })
                .collect(Collectors.joining())
                .strip();
        return text.startsWith("+") ? text.substring(1).strip() : text;
    }

    private static long power(int base, int exponent) {
        return Math.round(Math.pow(base, exponent));
    }
}
