package io.tramontane.jobs.lab.math;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Pairs that are deep, long, wide or stand for huge numbers. */
final class LargePairs {

    private static final int DEEP = 100_000;
    private static final int LONG = 1_000_000;
    private static final int MANY = 100_000;

    private LargePairs() {}

    static void addTo(List<PathologicalPair> pairs) {
        deep(pairs);
        lengthy(pairs);
        huge(pairs);
        wide(pairs);
    }

    private static void deep(List<PathologicalPair> pairs) {
        for (String[] brackets : new String[][] {
            {"{", "}"},
            {"(", ")"},
            {"[", "]"},
            {"\\left(", "\\right)"},
            {"\\sqrt{", "}"},
            {"\\frac{1}{1+", "}"},
            {"2^{", "}"},
            {"|", "|"},
            {"\\{", "\\}"},
            {"\\text{", "}"},
            {"\\boxed{", "}"},
            {"\\sin(", ")"},
            {"x_{", "}"},
            {"\\binom{2}{", "}"},
            {"\\log_{", "} 2"},
            {"\\begin{pmatrix}", "\\end{pmatrix}"},
            {"-(", ")"}
        }) {
            pairs.add(PathologicalPair.unequal(
                    "deep " + brackets[0], "2", brackets[0].repeat(DEEP) + "3" + brackets[1].repeat(DEEP)));
            pairs.add(PathologicalPair.unequal("never closed " + brackets[0], "2", brackets[0].repeat(DEEP)));
            pairs.add(PathologicalPair.unequal("never opened " + brackets[1], "2", brackets[1].repeat(DEEP)));
        }
        for (String prefix : List.of(
                "-",
                "+",
                "\\pm ",
                "\\frac",
                "\\sqrt",
                "2^",
                "x_",
                "!",
                "1/",
                "\\not",
                "\\left",
                "1 \\pm ",
                "\\begin{pmatrix}&")) {
            pairs.add(PathologicalPair.unequal("many " + prefix, "2", prefix.repeat(DEEP) + "3"));
        }
        pairs.add(PathologicalPair.unequal("many factorials", "2", "3" + "!".repeat(DEEP)));
        pairs.add(PathologicalPair.unequal("many primes", "2", "x" + "'".repeat(DEEP)));
    }

    private static void lengthy(List<PathologicalPair> pairs) {
        for (String part : List.of(
                "7",
                "x",
                "1+",
                "1,",
                "1 ",
                " ",
                "\\",
                "$",
                "&",
                "\\\\",
                "=",
                "1=",
                "<1",
                "\\ ",
                ".",
                "0.",
                "a=1,",
                "%",
                "\\text{and}",
                "(1,2),",
                "1 or ",
                "\\boxed{2}",
                "A",
                "\\cup[1,2]",
                "x^2+",
                "3:",
                "\n",
                "一",
                "🙂",
                "é",
                "½")) {
            pairs.add(PathologicalPair.unequal(
                    "a megabyte of " + part.replace("\n", "line feed"), "2", part.repeat(LONG / part.length())));
        }
        String digits = "9".repeat(LONG);
        pairs.add(PathologicalPair.unequal("a million digits", digits, digits.substring(1) + "8"));
        pairs.add(PathologicalPair.unequal("a million decimals", "0." + "3".repeat(LONG), "1/3"));
        pairs.add(PathologicalPair.unequal("a million zeros", "0." + "0".repeat(LONG) + "1", "0"));
        String words = "word ".repeat(LONG / 5);
        pairs.add(PathologicalPair.unequal("a megabyte of words", words + "a", words + "b"));
    }

    private static void huge(List<PathologicalPair> pairs) {
        pairs.add(PathologicalPair.unequal("factorial of 10^9", "(10^9)!", "(10^9)!+1"));
        pairs.add(PathologicalPair.unequal("factorial of 2^64", "(2^{64})!", "1"));
        pairs.add(PathologicalPair.unequal("factorial of a factorial", "((10^9)!)!", "0"));
        pairs.add(PathologicalPair.unequal("tower of nines", "9^{9^{9^9}}", "9^{9^{9^8}}"));
        pairs.add(PathologicalPair.unequal("tower of twenty", "2^".repeat(20) + "2", "2^".repeat(20) + "3"));
        pairs.add(PathologicalPair.unequal("power of 10^18", "(x+1)^{10^{18}}", "(x+1)^{10^{18}}+1"));
        pairs.add(PathologicalPair.unequal("(x+y+z+w)^200", "(x+y+z+w)^{200}", "(x+y+z+w)^{200}+1"));
        pairs.add(PathologicalPair.unequal("binomial of 10^9", "\\binom{10^9}{5 \\cdot 10^8}", "1"));
        pairs.add(PathologicalPair.unequal("sum of 10^18 terms", "\\sum_{k=1}^{10^{18}} k", "1"));
        pairs.add(PathologicalPair.unequal(
                "sum of sums", "\\sum_{i=1}^{10^6}\\sum_{j=1}^{10^6}\\sum_{k=1}^{10^6} ijk", "1"));
        pairs.add(PathologicalPair.unequal("product of 10^18 factors", "\\prod_{k=1}^{10^{18}} k", "1"));
        pairs.add(PathologicalPair.unequal("infinite sum", "\\sum_{k=1}^{\\infty} \\frac{1}{k}", "2"));
        pairs.add(PathologicalPair.unequal("exponent 1e999999999", "1e999999999", "1"));
        pairs.add(PathologicalPair.unequal("exponent 1e-999999999", "1e-999999999", "0"));
        pairs.add(PathologicalPair.unequal("10^{-10^{18}}", "10^{-10^{18}}", "0"));
        pairs.add(PathologicalPair.unequal(
                "huge times", "1.5 \\times 10^{999999999999}", "1.5 \\times 10^{999999999998}"));
        pairs.add(PathologicalPair.unequal("sine of a tower", "\\sin(10^{10^{10}})", "0"));
        pairs.add(PathologicalPair.unequal("e to the e", "e^{e^{e^{e^{10}}}}", "e^{e^{e^{e^{9}}}}"));
        pairs.add(PathologicalPair.unequal("root of degree 10^9", "\\sqrt[1000000000]{2}", "1"));
        pairs.add(PathologicalPair.unequal("x to the x", "x^{x^{x^{x^{x}}}}", "x^{x^{x^{x}}}"));
        pairs.add(PathologicalPair.unequal("base 10^9", "123456789_{1000000000}", "1"));
        pairs.add(PathologicalPair.unequal(
                "matrix to the 10^9", "\\begin{pmatrix}1&1\\\\1&0\\end{pmatrix}^{1000000000}", "1"));
        pairs.add(PathologicalPair.unequal("small difference", "\\sqrt{10^{40}+1}", "10^{20}"));
        pairs.add(PathologicalPair.unequal("almost an integer", "e^{\\pi\\sqrt{163}}", "262537412640768744"));
        pairs.add(PathologicalPair.unequal("thousand variables", sum("x_{%d}", "+", 1000, "(", ")^{1000}"), "1"));
    }

    private static void wide(List<PathologicalPair> pairs) {
        List<String> numbers =
                IntStream.range(0, MANY).mapToObj(Integer::toString).collect(Collectors.toList());
        String forward = String.join(",", numbers);
        Collections.reverse(numbers);
        String backward = String.join(", ", numbers);
        pairs.add(PathologicalPair.equal("large set", "\\{" + forward + "\\}", "\\{" + backward + "\\}"));
        pairs.add(PathologicalPair.unequal("large tuple", "(" + forward + ")", "(" + backward + ")"));
        pairs.add(PathologicalPair.equal("large list", forward, backward));
        pairs.add(PathologicalPair.unequal(
                "large set of sums", "\\{" + sum("\\sqrt{%d}+1", ",", 10_000, "", "") + "\\}", "\\{1\\}"));
        String set = sum("\\sqrt{%d}", ",", 2000, "\\{", "");
        pairs.add(PathologicalPair.unequal("sets of radicals", set + ",1+\\pi\\}", set + ",\\pi\\}"));
        String row = sum("%d", "&", 1000, "", "\\\\");
        pairs.add(PathologicalPair.unequal(
                "matrix of a million",
                "\\begin{pmatrix}" + row.repeat(1000) + "\\end{pmatrix}",
                "\\begin{pmatrix}" + row.repeat(999) + "\\end{pmatrix}"));
        pairs.add(PathologicalPair.unequal(
                "ten thousand factors", sum("(x+%d)", "", 10_000, "", ""), sum("(x-%d)", "", 10_000, "", "")));
        pairs.add(PathologicalPair.unequal(
                "polynomial of degree 10^5", sum("x^{%d}", "+", MANY, "", ""), sum("x^{%d}", "-", MANY, "", "")));
        pairs.add(PathologicalPair.unequal("forty ±", "1" + "\\pm 2".repeat(40), "3"));
        pairs.add(PathologicalPair.unequal(
                "union of 10^5 intervals", sum("(%1$d,%1$d.5)", "\\cup ", MANY, "", ""), "(0,1)"));
        pairs.add(PathologicalPair.unequal("a thousand boxes", sum("\\boxed{%d}", " and ", 1000, "", ""), "7"));
        pairs.add(PathologicalPair.unequal("chain of equalities", sum("%d", "=", MANY, "x=", ""), "x=-1"));
        pairs.add(PathologicalPair.unequal("equations", sum("x_{%1$d}=%1$d", ",", 10_000, "", ""), "1"));
        pairs.add(PathologicalPair.unequal(
                "transcendental terms", sum("\\sin(%dx)", "+", 5_000, "", ""), sum("\\cos(%dx)", "+", 5_000, "", "")));
    }

    /** Numbered terms, from 1. */
    private static String sum(String term, String separator, int count, String before, String after) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number ->
                        term.replace("%1$d", Integer.toString(number)).replace("%d", Integer.toString(number)))
                .collect(Collectors.joining(separator, before, after));
    }
}
