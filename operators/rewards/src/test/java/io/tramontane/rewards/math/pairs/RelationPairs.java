package io.tramontane.rewards.math.pairs;

import io.tramontane.rewards.math.pairs.PairKind.Sides;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Equations, inequalities, intervals. */
final class RelationPairs {

    private RelationPairs() {}

    /** From {@code least} to {@code most}, each of which may belong to it; null is infinity. */
    private record Interval(Fraction least, boolean withLeast, Fraction most, boolean withMost) {

        static Interval drawn(Draw draw) {
            Fraction least = draw.chance(0.15) ? null : draw.number(30);
            Fraction most = least != null && draw.chance(0.15)
                    ? null
                    : (least == null
                            ? draw.number(30)
                            : least.plus(draw.number(20).absolute()));
            return new Interval(least, least != null && draw.chance(0.5), most, most != null && draw.chance(0.5));
        }

        Interval mutated(Draw draw) {
            return draw.such(
                    () -> switch (draw.between(0, 4)) {
                        case 0 -> new Interval(least, least != null && !withLeast, most, withMost);
                        case 1 -> new Interval(least, withLeast, most, most != null && !withMost);
                        case 2 ->
                            new Interval(least == null ? null : least.minus(Fraction.ONE), withLeast, most, withMost);
                        case 3 ->
                            new Interval(
                                    least, withLeast, most == null ? null : most.plus(Fraction.of(1, 1000)), withMost);
                        default -> new Interval(least, withLeast, most == null ? Fraction.of(1000) : null, false);
                    },
                    changed -> !changed.equals(this) && (changed.least != null || changed.most != null));
        }

        String latex(Draw draw) {
            String open = withLeast ? "[" : "(";
            String close = withMost ? "]" : ")";
            String inner = (least == null ? "-\\infty" : Notation.number(draw, least))
                    + draw.oneOf(",", ", ")
                    + (most == null ? draw.oneOf("\\infty", "+\\infty") : Notation.number(draw, most));
            return draw.chance(0.4) ? "\\left" + open + inner + "\\right" + close : open + inner + close;
        }

        String inequality(Draw draw, String variable) {
            if (least == null) {
                return variable + (withMost ? " \\le " : " < ") + Notation.number(draw, most);
            }
            if (most == null) {
                return variable
                        + (withLeast ? draw.oneOf(" \\ge ", " \\geq ", " >= ") : " > ")
                        + Notation.number(draw, least);
            }
            return Notation.number(draw, least)
                    + (withLeast ? draw.oneOf(" \\le ", "\\leq ") : "<")
                    + variable
                    + (withMost ? draw.oneOf(" \\le ", " \\leq ") : " < ")
                    + Notation.number(draw, most);
        }
    }

    static List<PairKind> rewrites() {
        return List.of(
                kind("interval", draw -> {
                    Interval interval = Interval.drawn(draw);
                    return new Sides(interval.latex(draw), draw.oneOf("", "x \\in ") + interval.latex(draw));
                }),
                new PairKind("inequality as an interval", draw -> {
                    Interval interval = Interval.drawn(draw);
                    return new Sides(
                            Wrapping.around(draw, interval.inequality(draw, "x")),
                            Wrapping.around(draw, draw.oneOf("", "x \\in ") + interval.latex(draw)));
                }),
                kind("union of intervals", draw -> {
                    Fraction a = Fraction.of(draw.between(-20, -5));
                    Fraction b = Fraction.of(draw.between(1, 20));
                    Interval left = new Interval(null, false, a, draw.chance(0.5));
                    Interval right =
                            new Interval(b, draw.chance(0.5), draw.chance(0.5) ? null : b.plus(Fraction.ONE), false);
                    return new Sides(
                            left.latex(draw) + " \\cup " + right.latex(draw),
                            right.latex(draw) + draw.oneOf("\\cup", " \\cup ") + left.latex(draw));
                }),
                kind("inequality", draw -> {
                    Interval interval = Interval.drawn(draw);
                    return new Sides(interval.inequality(draw, "x"), interval.inequality(draw, "x"));
                }),
                kind("inequality, turned", draw -> {
                    Fraction drawn = draw.number(30);
                    String value = Notation.number(draw, drawn);
                    String other = Notation.number(draw, drawn);
                    return draw.oneOf(
                            new Sides("x > " + value, other + " < x"),
                            new Sides("x \\le " + value, other + " \\ge x"),
                            new Sides("x \\geq " + value, other + "\\leqslant x"),
                            new Sides("x \\ne " + value, draw.oneOf("x \\neq " + other, "x != " + other)));
                }),
                kind("equation, moved and scaled", draw -> {
                    Polynomial zero = plane(draw);
                    Polynomial factor = Polynomial.constant(draw.oneOf(1, 1, -1, 2, -3, 5));
                    return new Sides(equation(draw, zero), equation(draw, zero.times(factor)));
                }),
                kind("line", draw -> {
                    Fraction slope = draw.number(9);
                    Fraction offset = draw.number(9);
                    Polynomial right = Polynomial.of('x', List.of(offset, slope));
                    Polynomial zero = right.minus(Polynomial.variable('y'))
                            .times(Polynomial.constant(
                                    Fraction.of(slope.denominator().multiply(offset.denominator()))));
                    return new Sides("y = " + right.latex(), equation(draw, zero));
                }),
                kind("circle", draw -> {
                    int a = draw.between(1, 9);
                    int b = draw.between(1, 9);
                    int r = draw.between(1, 99);
                    Polynomial zero = Polynomial.linear(1, 'x', -a)
                            .power(2)
                            .plus(Polynomial.linear(1, 'y', b).power(2))
                            .minus(Polynomial.constant(r));
                    return new Sides("(x-" + a + ")^2+(y+" + b + ")^2=" + r, equation(draw, zero));
                }),
                new PairKind("assignment", draw -> {
                    Fraction value = draw.number(50);
                    return new Sides(
                            draw.chance(0.5) ? Notation.plain(value) : "x = " + Notation.plain(value),
                            Wrapping.around(draw, draw.oneOf("x = ", "x=", "") + Notation.number(draw, value)));
                }));
    }

    static List<PairKind> nearMisses() {
        return List.of(
                kind("interval", draw -> {
                    Interval interval = Interval.drawn(draw);
                    return new Sides(
                            interval.latex(draw), interval.mutated(draw).latex(draw));
                }),
                kind("inequality as an interval", draw -> {
                    Interval interval = Interval.drawn(draw);
                    return new Sides(
                            interval.inequality(draw, "x"),
                            interval.mutated(draw).latex(draw));
                }),
                kind("inequality", draw -> {
                    Interval interval = Interval.drawn(draw);
                    return new Sides(
                            interval.inequality(draw, "x"),
                            interval.mutated(draw).inequality(draw, "x"));
                }),
                kind("union of intervals", draw -> {
                    Fraction a = Fraction.of(draw.between(-20, -5));
                    Fraction b = Fraction.of(draw.between(1, 20));
                    Interval left = new Interval(null, false, a, draw.chance(0.5));
                    Interval right = new Interval(b, draw.chance(0.5), b.plus(Fraction.ONE), draw.chance(0.5));
                    String union = left.latex(draw) + " \\cup " + right.latex(draw);
                    return draw.oneOf(
                            new Sides(
                                    union,
                                    left.latex(draw) + " \\cup "
                                            + right.mutated(draw).latex(draw)),
                            new Sides(union, left.latex(draw)),
                            new Sides(union, right.latex(draw)),
                            new Sides(union, left.latex(draw) + " \\cap " + right.latex(draw)));
                }),
                kind("relation", draw -> {
                    String value = Notation.plain(draw.number(50));
                    List<String> relations = draw.shuffled(List.of("<", "\\le", ">", "\\ge", "\\ne"));
                    return new Sides("x " + relations.get(0) + " " + value, "x " + relations.get(1) + " " + value);
                }),
                kind("equation", draw -> {
                    Polynomial zero = plane(draw);
                    Polynomial other = draw.such(
                            () -> zero.mutated(draw), changed -> !changed.isZero() && !changed.isMultipleOf(zero));
                    return new Sides(equation(draw, zero), equation(draw, other));
                }),
                kind("equation against number", draw -> {
                    Polynomial zero = plane(draw);
                    return new Sides(zero.latex(draw) + " = 0", "0");
                }),
                kind("assignment", draw -> {
                    Fraction value = draw.number(50);
                    Fraction other = NumberPairs.mutated(draw, value);
                    return new Sides(
                            "x = " + Notation.plain(value), draw.oneOf("x = ", "x=", "") + Notation.plain(other));
                }),
                kind("line", draw -> {
                    Fraction slope = draw.number(9);
                    Fraction offset = draw.number(9);
                    String line =
                            "y = " + Polynomial.of('x', List.of(offset, slope)).latex(draw);
                    return new Sides(
                            line,
                            draw.oneOf(
                                    "y = "
                                            + Polynomial.of('x', List.of(NumberPairs.mutated(draw, offset), slope))
                                                    .latex(draw),
                                    "y = "
                                            + Polynomial.of('x', List.of(offset, NumberPairs.mutated(draw, slope)))
                                                    .latex(draw),
                                    line.replace('x', 'z')));
                }));
    }

    private static PairKind kind(String name, Function<Draw, Sides> sides) {
        return new PairKind(name, draw -> {
            Sides drawn = sides.apply(draw);
            return Sides.either(draw, Wrapping.around(draw, drawn.reference()), Wrapping.around(draw, drawn.answer()));
        });
    }

    /** A linear form in two or three variables, at least two of which occur. */
    private static Polynomial plane(Draw draw) {
        return Polynomial.linear(draw.nonZero(9), 'x', draw.between(-20, 20))
                .plus(Polynomial.linear(draw.nonZero(9), 'y', 0))
                .plus(Polynomial.linear(draw.between(-2, 2), 'z', 0));
    }

    /** Any of its terms on either side. */
    private static String equation(Draw draw, Polynomial zero) {
        Polynomial right = Polynomial.ZERO;
        for (String monomial : zero.terms().keySet()) {
            if (draw.chance(0.4)) {
                right = right.minus(new Polynomial(Map.of(monomial, zero.terms().get(monomial))));
            }
        }
        return zero.plus(right).latex(draw) + draw.oneOf(" = ", "=") + right.latex(draw);
    }
}
