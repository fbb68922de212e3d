package io.tramontane.rewards.math.pairs;

import io.tramontane.rewards.math.pairs.PairKind.Sides;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Lists, sets, tuples, ± pairs, matrices. */
final class CollectionPairs {

    private CollectionPairs() {}

    static List<PairKind> rewrites() {
        return List.of(
                kind("list", draw -> {
                    List<Fraction> values = values(draw, draw.between(2, 5));
                    return new Sides(list(draw, values), list(draw, draw.shuffled(values)));
                }),
                kind("set", draw -> {
                    List<Fraction> values = values(draw, draw.between(1, 6));
                    return new Sides(set(draw, values), set(draw, draw.shuffled(values)));
                }),
                kind("solutions", draw -> {
                    List<Fraction> values = values(draw, draw.between(2, 4));
                    String variable = draw.oneOf("x", "n", "t");
                    String joined = draw.shuffled(values).stream()
                            .map(value -> variable + draw.oneOf(" = ", "=") + Notation.number(draw, value))
                            .collect(Collectors.joining(draw.oneOf(", ", " \\text{ or } ", ",\\ ")));
                    return new Sides(joined, list(draw, values));
                }),
                kind("± pair", draw -> {
                    Fraction a = draw.number(20);
                    Fraction b = draw.number(20).absolute();
                    String plus = Notation.plain(a) + draw.oneOf(" \\pm ", "\\pm");
                    return draw.oneOf(
                            new Sides(plus + Notation.plain(b), list(draw, List.of(a.plus(b), a.minus(b)))),
                            new Sides("\\pm " + Notation.plain(b), list(draw, List.of(b.negated(), b))),
                            new Sides(
                                    plus + "\\sqrt{2}",
                                    Notation.plain(a) + " + \\sqrt{2}, " + Notation.plain(a) + " - \\sqrt{2}"));
                }),
                kind("tuple", draw -> {
                    List<Fraction> values = draw.list(draw.between(2, 5), () -> draw.number(30));
                    return new Sides(tuple(draw, values), tuple(draw, values));
                }),
                new PairKind("assigned tuple", draw -> {
                    List<Fraction> values = draw.list(2, () -> draw.number(30));
                    String x = Notation.number(draw, values.get(0));
                    String y = Notation.number(draw, values.get(1));
                    return new Sides(
                            draw.oneOf("(x,y) = (" + x + ", " + y + ")", "(x, y)=\\left(" + x + "," + y + "\\right)"),
                            Wrapping.around(draw, tuple(draw, values)));
                }),
                kind("list of tuples", draw -> {
                    List<List<Fraction>> tuples =
                            draw.distinct(draw.between(2, 4), () -> draw.list(2, () -> Fraction.of(draw.nonZero(20))));
                    return new Sides(tuples(draw, tuples), tuples(draw, draw.shuffled(tuples)));
                }),
                kind("matrix", draw -> {
                    int rows = draw.between(1, 3);
                    int columns = draw.between(rows == 1 ? 2 : 1, 3);
                    List<Fraction> values = draw.list(rows * columns, () -> draw.number(12));
                    return new Sides(matrix(draw, values, columns), matrix(draw, values, columns));
                }),
                kind("matrix, scaled", draw -> {
                    Fraction factor = draw.fraction(6);
                    List<Fraction> values = draw.list(4, () -> Fraction.of(draw.nonZero(12)));
                    return new Sides(
                            Notation.plain(factor) + matrix(draw, values, 2),
                            matrix(draw, values.stream().map(factor::times).toList(), 2));
                }));
    }

    static List<PairKind> nearMisses() {
        return List.of(
                kind("list", draw -> {
                    List<Fraction> values = values(draw, draw.between(2, 5));
                    return new Sides(list(draw, values), list(draw, changedSet(draw, values)));
                }),
                kind("set", draw -> {
                    List<Fraction> values = values(draw, draw.between(2, 6));
                    return new Sides(set(draw, values), set(draw, changedSet(draw, values)));
                }),
                kind("± pair", draw -> {
                    Fraction a = draw.number(20);
                    Fraction b = draw.number(20).absolute();
                    String pair = Notation.plain(a) + " \\pm " + Notation.plain(b);
                    return draw.oneOf(
                            new Sides(pair, Notation.plain(a) + " \\pm " + Notation.plain(b.plus(Fraction.ONE))),
                            new Sides(pair, Notation.plain(a.plus(b))),
                            new Sides(pair, Notation.plain(a.minus(b))),
                            new Sides(
                                    pair,
                                    list(draw, List.of(a.plus(b), a.minus(b).minus(Fraction.ONE)))),
                            new Sides("\\pm " + Notation.plain(b), Notation.plain(b)),
                            new Sides("\\pm " + Notation.plain(b), Notation.plain(b.negated())));
                }),
                kind("tuple", draw -> {
                    List<Fraction> values = draw.list(draw.between(2, 5), () -> draw.number(30));
                    return new Sides(tuple(draw, values), tuple(draw, changedTuple(draw, values)));
                }),
                kind("tuple against set", draw -> {
                    List<Fraction> values = values(draw, draw.between(2, 4));
                    Collections.reverse(values);
                    return new Sides(
                            tuple(draw, values),
                            set(draw, draw.such(() -> draw.shuffled(values), other -> !other.equals(values))));
                }),
                kind("list of tuples", draw -> {
                    List<List<Fraction>> tuples =
                            draw.distinct(draw.between(2, 4), () -> draw.list(2, () -> Fraction.of(draw.nonZero(20))));
                    List<List<Fraction>> other = draw.such(
                            () -> {
                                List<List<Fraction>> changed = new ArrayList<>(tuples);
                                int place = draw.between(0, tuples.size() - 1);
                                changed.set(place, changedTuple(draw, tuples.get(place)));
                                return changed;
                            },
                            changed -> !List.copyOf(changed).stream()
                                    .collect(Collectors.toSet())
                                    .equals(tuples.stream().collect(Collectors.toSet())));
                    return new Sides(tuples(draw, tuples), tuples(draw, draw.shuffled(other)));
                }),
                kind("matrix", draw -> {
                    int columns = draw.between(1, 3);
                    List<Fraction> values = draw.list(2 * columns, () -> draw.number(12));
                    return new Sides(matrix(draw, values, columns), matrix(draw, changedValues(draw, values), columns));
                }),
                kind("matrix, transposed", draw -> {
                    List<Fraction> values = draw.such(
                            () -> draw.list(4, () -> draw.number(12)),
                            drawn -> !drawn.get(1).equals(drawn.get(2)));
                    return new Sides(
                            matrix(draw, values, 2),
                            matrix(draw, List.of(values.get(0), values.get(2), values.get(1), values.get(3)), 2));
                }));
    }

    private static PairKind kind(String name, Function<Draw, Sides> sides) {
        return new PairKind(name, draw -> {
            Sides drawn = sides.apply(draw);
            return Sides.either(draw, Wrapping.around(draw, drawn.reference()), Wrapping.around(draw, drawn.answer()));
        });
    }

    /** Different ones, in a list that may be changed. */
    private static List<Fraction> values(Draw draw, int size) {
        return draw.distinct(size, () -> draw.number(30));
    }

    private static List<Fraction> changedSet(Draw draw, List<Fraction> values) {
        return draw.such(
                () -> draw.chance(0.3) && values.size() > 1
                        ? draw.shuffled(values).subList(1, values.size())
                        : draw.chance(0.2) ? with(values, draw.number(30)) : changedValues(draw, values),
                other -> !new TreeSet<>(other).equals(new TreeSet<>(values)));
    }

    private static List<Fraction> changedTuple(Draw draw, List<Fraction> values) {
        return draw.such(
                () -> switch (draw.between(0, 2)) {
                    case 0 -> draw.shuffled(values);
                    case 1 -> with(values, draw.number(30));
                    default -> changedValues(draw, values);
                },
                other -> !other.equals(values));
    }

    private static List<Fraction> changedValues(Draw draw, List<Fraction> values) {
        List<Fraction> changed = new ArrayList<>(values);
        int place = draw.between(0, values.size() - 1);
        changed.set(place, NumberPairs.mutated(draw, values.get(place)));
        return changed;
    }

    private static List<Fraction> with(List<Fraction> values, Fraction more) {
        List<Fraction> longer = new ArrayList<>(values);
        longer.add(more);
        return longer;
    }

    private static String list(Draw draw, List<Fraction> values) {
        List<String> written =
                values.stream().map(value -> Notation.number(draw, value)).toList();
        if (draw.chance(0.2) && values.size() > 1) {
            String word = draw.oneOf(" \\text{ and } ", " \\text{ or } ", " \\text{ and }");
            return String.join(", ", written.subList(0, written.size() - 1)) + word + written.get(written.size() - 1);
        }
        return String.join(draw.oneOf(", ", ",\\ ", ", \\, "), written);
    }

    private static String set(Draw draw, List<Fraction> values) {
        String inner = values.stream()
                .map(value -> Notation.number(draw, value))
                .collect(Collectors.joining(draw.oneOf(",", ", ")));
        return draw.oneOf("\\{" + inner + "\\}", "\\left\\{" + inner + "\\right\\}", "\\{ " + inner + " \\}");
    }

    private static String tuple(Draw draw, List<Fraction> values) {
        String inner = values.stream()
                .map(value -> Notation.number(draw, value))
                .collect(Collectors.joining(draw.oneOf(",", ", ", ",\\,")));
        return draw.oneOf(
                "(" + inner + ")",
                "\\left(" + inner + "\\right)",
                "\\left( " + inner + " \\right)",
                "\\big(" + inner + "\\big)");
    }

    private static String tuples(Draw draw, List<List<Fraction>> tuples) {
        return tuples.stream().map(values -> tuple(draw, values)).collect(Collectors.joining(draw.oneOf(",", ", ")));
    }

    private static String matrix(Draw draw, List<Fraction> values, int columns) {
        String environment = draw.oneOf("pmatrix", "bmatrix");
        StringBuilder text = new StringBuilder("\\begin{" + environment + "}" + draw.oneOf("", " "));
        for (int index = 0; index < values.size(); index++) {
            if (index > 0) {
                text.append(index % columns == 0 ? draw.oneOf("\\\\", " \\\\ ", "\\\\\n") : draw.oneOf("&", " & "));
            }
            text.append(Notation.number(draw, values.get(index)));
        }
        return text + draw.oneOf("", " ", " \\\\ ") + "\\end{" + environment + "}";
    }
}
