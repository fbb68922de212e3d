package io.tramontane.rewards.math.pairs;

import io.tramontane.rewards.math.pairs.PairKind.Sides;
import java.util.List;
import java.util.Locale;

/** Words, letters of multiple choice, names. */
final class TextPairs {

    private static final List<String> WORDS = List.of(
            "even",
            "odd",
            "yes",
            "no",
            "true",
            "false",
            "ellipse",
            "hyperbola",
            "parabola",
            "circle",
            "Tuesday",
            "Monday",
            "Friday",
            "east",
            "west",
            "seat",
            "stop",
            "spot",
            "Evelyn",
            "Alice",
            "Bob",
            "infinitely many",
            "no solution",
            "converges",
            "diverges",
            "red",
            "blue",
            "isosceles triangle",
            "square",
            "acute",
            "obtuse",
            "neither",
            "cylinder");

    private TextPairs() {}

    static List<PairKind> rewrites() {
        return List.of(
                new PairKind("text", draw -> {
                    String word = draw.oneOf(WORDS);
                    return Sides.either(draw, written(draw, word), written(draw, word));
                }),
                new PairKind("choice", draw -> {
                    String letter = draw.oneOf("A", "B", "C", "D", "E", "F");
                    return Sides.either(draw, choice(draw, letter), choice(draw, letter));
                }));
    }

    static List<PairKind> nearMisses() {
        return List.of(
                new PairKind("text", draw -> {
                    List<String> words = draw.shuffled(WORDS);
                    return new Sides(written(draw, words.get(0)), written(draw, words.get(1)));
                }),
                new PairKind("choice", draw -> {
                    List<String> letters = draw.shuffled(List.of("A", "B", "C", "D", "E", "F"));
                    return new Sides(choice(draw, letters.get(0)), choice(draw, letters.get(1)));
                }));
    }

    private static String written(Draw draw, String word) {
        String capital = word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
        String chosen = draw.oneOf(word, capital);
        return draw.oneOf(
                "\\text{" + chosen + "}",
                chosen,
                "\\textbf{" + chosen + "}",
                "$\\text{" + chosen + "}$",
                "\\boxed{\\text{" + chosen + "}}",
                "\\text{" + chosen + ".}",
                "\\mbox{" + chosen + "}",
                "\\text{ " + chosen + " }",
                chosen + ".");
    }

    private static String choice(Draw draw, String letter) {
        return draw.oneOf(
                letter,
                "(" + letter + ")",
                "\\text{" + letter + "}",
                "\\text{(" + letter + ")}",
                "\\textbf{(" + letter + ")}",
                "\\mathrm{(" + letter + ")}",
                "$" + letter + "$",
                "\\boxed{" + letter + "}",
                "\\mathbf{" + letter + "}");
    }
}
