package io.tramontane.rewards.math.pairs;

import io.tramontane.rewards.math.pairs.PairKind.Sides;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Polynomials, rational functions, radicals, complex numbers. */
final class AlgebraPairs {

    private static final int[] SQUARE_FREE = {2, 3, 5, 6, 7, 10, 11, 13, 14, 15};

    private AlgebraPairs() {}

    /** {@code a + b√c} with c free of squares: two are equal exactly when their parts are. */
    private record Surd(Fraction a, Fraction b, int c) {

        static Surd drawn(Draw draw) {
            int root = SQUARE_FREE[draw.between(0, SQUARE_FREE.length - 1)];
            return new Surd(draw.chance(0.3) ? Fraction.ZERO : draw.number(12), draw.number(9), root);
        }

        /** In one of the ways there are. */
        String latex(Draw draw) {
            Fraction square = b.times(b).times(Fraction.of(c));
            String root = draw.oneOf(
                    coefficient(b) + "\\sqrt{" + c + "}",
                    Notation.plain(b) + " \\cdot " + c + "^{1/2}",
                    sign(b) + "\\sqrt{" + Notation.plain(square) + "}",
                    sign(b) + "\\frac{" + Notation.plain(b.absolute().times(Fraction.of(c))) + "}{\\sqrt{" + c + "}}",
                    sign(b) + "\\frac{"
                            + (b.numerator().abs().equals(BigInteger.ONE)
                                    ? ""
                                    : b.numerator().abs()) + "\\sqrt{" + c + "}}{" + b.denominator() + "}",
                    coefficient(b) + "\\sqrt " + (c < 10 ? c + "" : "{" + c + "}"));
            if (a.isZero()) {
                return root;
            }
            String joined = root.startsWith("-") ? " - " + root.substring(1) : " + " + root;
            return draw.oneOf(
                    Notation.plain(a) + joined,
                    root + (a.signum() < 0 ? " - " : " + ") + Notation.plain(a.absolute()),
                    "\\left(" + Notation.plain(a) + joined + "\\right)");
        }

        private static String coefficient(Fraction value) {
            String plain = Notation.plain(value);
            return plain.equals("1") ? "" : plain.equals("-1") ? "-" : plain;
        }

        private static String sign(Fraction value) {
            return value.signum() < 0 ? "-" : "";
        }

        Surd mutated(Draw draw) {
            return draw.such(
                    () -> switch (draw.between(0, 4)) {
                        case 0 -> new Surd(a.negated(), b, c);
                        case 1 -> new Surd(a, b.negated(), c);
                        case 2 -> new Surd(NumberPairs.mutated(draw, a), b, c);
                        case 3 -> new Surd(a.plus(Fraction.of(1, 1_000_000_000)), b, c);
                        default -> new Surd(a, b, SQUARE_FREE[draw.between(0, SQUARE_FREE.length - 1)]);
                    },
                    changed -> !changed.equals(this));
        }
    }

    static List<PairKind> rewrites() {
        return List.of(
                rewrite("polynomial, reordered", draw -> {
                    Polynomial polynomial = univariate(draw, 'x', draw.between(1, 5));
                    return new Sides(polynomial.latex(), polynomial.latex(draw));
                }),
                rewrite("polynomial, factored", draw -> {
                    char variable = draw.oneOf('x', 't', 'n', 'a');
                    List<Polynomial> factors = draw.list(
                            draw.between(2, 4), () -> Polynomial.linear(draw.between(1, 4), variable, draw.nonZero(9)));
                    return new Sides(product(draw, factors).latex(), factored(draw, factors));
                }),
                rewrite("polynomial in several variables", draw -> {
                    Polynomial sum = Polynomial.linear(draw.nonZero(5), 'x', draw.between(-4, 4))
                            .plus(Polynomial.linear(draw.nonZero(5), 'y', 0));
                    int power = draw.between(2, 4);
                    return new Sides(
                            "(" + sum.latex(draw) + ")^" + power,
                            sum.power(power).latex(draw));
                }),
                rewrite("rational function, common denominator", draw -> {
                    int a = draw.nonZero(9);
                    int b = draw.such(() -> draw.nonZero(9), drawn -> drawn != a);
                    Polynomial p = Polynomial.linear(1, 'x', a);
                    Polynomial q = Polynomial.linear(1, 'x', b);
                    int c = draw.between(1, 9);
                    int d = draw.between(1, 9);
                    Polynomial over = q.times(Polynomial.constant(c)).plus(p.times(Polynomial.constant(d)));
                    return new Sides(
                            "\\frac{" + c + "}{" + p.latex() + "} + \\frac{" + d + "}{" + q.latex() + "}",
                            draw.oneOf("\\frac", "\\dfrac") + "{" + over.latex(draw) + "}{"
                                    + draw.oneOf(p.times(q).latex(draw), factored(draw, List.of(p, q))) + "}");
                }),
                rewrite("rational function, cancelled", draw -> {
                    Polynomial p = Polynomial.linear(draw.between(1, 3), 'x', draw.nonZero(9));
                    Polynomial q = Polynomial.linear(draw.between(1, 3), 'x', draw.nonZero(9));
                    Polynomial common = Polynomial.linear(1, 'x', draw.nonZero(9));
                    return new Sides(
                            "\\frac{" + p.latex() + "}{" + q.latex() + "}",
                            "\\frac{" + p.times(common).latex(draw) + "}{"
                                    + q.times(common).latex(draw) + "}");
                }),
                rewrite("exponents", draw -> {
                    int k = draw.between(2, 9);
                    int m = draw.between(1, 9);
                    return draw.oneOf(
                            new Sides("x^{-" + k + "}", "\\frac{1}{x^{" + k + "}}"),
                            new Sides("x^{" + (k + m) + "}", "x^{" + k + "} \\cdot x^{" + m + "}"),
                            new Sides("(x^{" + k + "})^{" + m + "}", "x^{" + k * m + "}"),
                            new Sides(
                                    k + "^{n+" + m + "}",
                                    (int) Math.pow(k, Math.min(m, 4)) + " \\cdot " + k + "^{n"
                                            + (m > 4 ? "+" + (m - 4) : "") + "}"),
                            new Sides(k * k + "^{n}", k + "^{2n}"),
                            new Sides("\\frac{x^{" + (k + m) + "}}{x^{" + m + "}}", "x^{" + k + "}"),
                            new Sides("x^{1/" + k + "}", "\\sqrt[" + k + "]{x}"),
                            new Sides("x^{3/2}", draw.oneOf("\\sqrt{x^3}", "x\\sqrt{x}", "(\\sqrt{x})^{3}")));
                }),
                rewrite("radical", draw -> {
                    Surd surd = Surd.drawn(draw);
                    return new Sides(surd.latex(draw), surd.latex(draw));
                }),
                rewrite("radical, rationalised", draw -> {
                    int a = draw.between(2, 15);
                    int c = SQUARE_FREE[draw.between(0, SQUARE_FREE.length - 1)];
                    Fraction norm = Fraction.of((long) a * a - c);
                    Surd inverse = new Surd(
                            Fraction.of(a).over(norm), Fraction.ONE.negated().over(norm), c);
                    return new Sides(inverse.latex(draw), "\\frac{1}{" + a + " + \\sqrt{" + c + "}}");
                }),
                rewrite("radical, nested", draw -> {
                    int a = draw.between(1, 9);
                    int c = SQUARE_FREE[draw.between(0, SQUARE_FREE.length - 1)];
                    return new Sides(
                            a + " + \\sqrt{" + c + "}", "\\sqrt{" + (a * a + c) + " + " + 2 * a + "\\sqrt{" + c + "}}");
                }),
                rewrite("cube root", draw -> {
                    int n = draw.between(2, 6);
                    int m = draw.oneOf(2, 3, 5, 6, 7);
                    return new Sides(
                            n + "\\sqrt[3]{" + m + "}",
                            draw.oneOf(
                                    "\\sqrt[3]{" + n * n * n * m + "}",
                                    "(" + n * n * n * m + ")^{1/3}",
                                    n + " \\cdot " + m + "^{\\frac{1}{3}}"));
                }),
                rewrite("complex", draw -> {
                    Fraction a = draw.number(20);
                    Fraction b = draw.number(20);
                    return new Sides(complex(draw, a, b), complex(draw, a, b));
                }),
                rewrite("complex, product", draw -> {
                    int a = draw.nonZero(9);
                    int b = draw.nonZero(9);
                    int c = draw.nonZero(9);
                    int d = draw.nonZero(9);
                    return new Sides(
                            complex(draw, Fraction.of(a * c - b * d), Fraction.of(a * d + b * c)),
                            "(" + complex(draw, Fraction.of(a), Fraction.of(b)) + ")("
                                    + complex(draw, Fraction.of(c), Fraction.of(d)) + ")");
                }));
    }

    static List<PairKind> nearMisses() {
        return List.of(
                polynomialMiss("polynomial", draw -> univariate(draw, draw.oneOf('x', 'y', 'n'), draw.between(1, 5))),
                polynomialMiss(
                        "polynomial in several variables",
                        draw -> Polynomial.linear(draw.nonZero(5), 'x', draw.between(-4, 4))
                                .plus(Polynomial.linear(draw.nonZero(5), 'y', 0))
                                .power(draw.between(2, 4))),
                rewrite("polynomial, factored", draw -> {
                    List<Polynomial> factors = draw.list(
                            draw.between(2, 4), () -> Polynomial.linear(draw.between(1, 4), 'x', draw.nonZero(9)));
                    Polynomial product = product(draw, factors);
                    Polynomial other = draw.such(() -> product.mutated(draw), changed -> !changed.equals(product));
                    return new Sides(factored(draw, factors), other.latex(draw));
                }),
                rewrite("other variable", draw -> {
                    Polynomial polynomial = draw.such(
                            () -> univariate(draw, 'x', draw.between(1, 4)),
                            drawn -> drawn.terms().keySet().stream().anyMatch(name -> !name.isEmpty()));
                    return new Sides(
                            polynomial.latex(draw), polynomial.latex().replace('x', draw.oneOf('y', 't', 'n')));
                }),
                rewrite("rational function", draw -> {
                    Polynomial p = univariate(draw, 'x', draw.between(1, 2));
                    Polynomial q = Polynomial.linear(draw.between(1, 4), 'x', draw.nonZero(9));
                    Polynomial r = draw.chance(0.5) ? p : p.mutated(draw);
                    Polynomial s =
                            q.equals(r) || r == p ? draw.such(() -> q.mutated(draw), changed -> !changed.isZero()) : q;
                    // Equal exactly when the products across are.
                    return p.times(s).equals(r.times(q))
                            ? new Sides(
                                    p.latex(), p.plus(Polynomial.constant(1)).latex(draw))
                            : new Sides(quotient(draw, p, q), quotient(draw, r, s));
                }),
                rewrite("high power", draw -> {
                    int power = draw.between(50, 400);
                    String sum = draw.oneOf("(x+y+z+w)", "(x+1)", "(a-b)", "(2x+3y)") + "^{" + power + "}";
                    return new Sides(
                            sum,
                            draw.oneOf(
                                    sum + "+1",
                                    sum + " - 1",
                                    sum.replace("{" + power + "}", "{" + (power + 1) + "}"),
                                    "-" + sum,
                                    sum + "+10^{-9}"));
                }),
                rewrite("radical", draw -> {
                    Surd surd = Surd.drawn(draw);
                    return new Sides(surd.latex(draw), surd.mutated(draw).latex(draw));
                }),
                rewrite("rounded radical", draw -> {
                    int c = SQUARE_FREE[draw.between(0, SQUARE_FREE.length - 1)] * draw.oneOf(1, 1, 101, 103);
                    int digits = draw.between(6, 30);
                    return new Sides(
                            "\\sqrt{" + c + "}",
                            BigDecimal.valueOf(c).sqrt(new MathContext(digits)).toPlainString());
                }),
                rewrite("complex", draw -> {
                    Fraction a = draw.number(20);
                    Fraction b = draw.number(20);
                    Fraction c = draw.chance(0.5) ? a : NumberPairs.mutated(draw, a);
                    Fraction d = c.equals(a) ? NumberPairs.mutated(draw, b) : b;
                    return draw.chance(0.2) && !a.equals(b)
                            ? new Sides(complex(draw, a, b), complex(draw, b, a))
                            : new Sides(complex(draw, a, b), complex(draw, c, d));
                }));
    }

    private static PairKind rewrite(String name, Function<Draw, Sides> sides) {
        return new PairKind(name, draw -> {
            Sides drawn = sides.apply(draw);
            return Sides.either(draw, Wrapping.around(draw, drawn.reference()), Wrapping.around(draw, drawn.answer()));
        });
    }

    private static PairKind polynomialMiss(String name, Function<Draw, Polynomial> drawn) {
        return rewrite(name, draw -> {
            Polynomial polynomial = drawn.apply(draw);
            Polynomial other = draw.such(() -> polynomial.mutated(draw), changed -> !changed.equals(polynomial));
            return new Sides(polynomial.latex(draw), other.latex(draw));
        });
    }

    static Polynomial univariate(Draw draw, char variable, int degree) {
        List<Fraction> coefficients = draw.list(degree, () -> draw.chance(0.2) ? Fraction.ZERO : draw.number(12));
        coefficients.add(draw.number(9));
        return Polynomial.of(variable, coefficients);
    }

    private static Polynomial product(Draw draw, List<Polynomial> factors) {
        return draw.shuffled(factors).stream().reduce(Polynomial.constant(1), Polynomial::times);
    }

    private static String factored(Draw draw, List<Polynomial> factors) {
        StringBuilder text = new StringBuilder();
        for (Polynomial factor : draw.shuffled(factors)) {
            text.append(
                    draw.chance(0.3) ? "\\left(" + factor.latex(draw) + "\\right)" : "(" + factor.latex(draw) + ")");
        }
        return text.toString();
    }

    private static String quotient(Draw draw, Polynomial over, Polynomial under) {
        return draw.oneOf("\\frac{", "\\dfrac{") + over.latex(draw) + "}{" + under.latex(draw) + "}";
    }

    private static String complex(Draw draw, Fraction real, Fraction imaginary) {
        Polynomial sum = new Polynomial(Map.of("", real, "i", imaginary));
        return draw.chance(0.1) ? sum.latex(draw).replace("i", "\\mathrm{i}") : sum.latex(draw);
    }
}
