package io.tramontane.jobs.evaluation;

import java.util.Locale;
import java.util.SortedMap;
import java.util.stream.Stream;

/** An evaluation as a person reads it on a terminal. */
public final class EvaluationTable {

    private EvaluationTable() {}

    /** A line for all problems, each language and each class of difficulty, then pass@k and maj@k. */
    public static String of(EvaluationReport report) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%n%s: %,d problems, %,d completions, temperature %.1f, up to %,d tokens, %.0f%% confidence%n%n",
                report.policy(),
                report.all().problems(),
                report.all().completions(),
                report.sampling().temperature(),
                report.sampling().maximumNewTokens(),
                100 * report.sampling().confidence()));
        text.append(String.format(
                "%-18s %8s %8s %18s %9s %8s%n", "", "problems", "pass@1", "interval", "language", "tokens"));
        Stream.of(Stream.of(report.all()), report.byLanguage().stream(), report.byDifficulty().stream())
                .flatMap(rows -> rows)
                .forEach(row -> text.append(String.format(
                        Locale.ROOT,
                        "%-18s %,8d %8s %18s %9s %8.1f%n",
                        row.group(),
                        row.problems(),
                        percent(row.passAt1().value()),
                        interval(row.passAt1()),
                        percent(row.languageConsistency()),
                        row.meanTokens())));
        SortedMap<Integer, Estimate> pass = report.all().passAtK();
        if (pass.keySet().stream().anyMatch(k -> k > 1)) {
            text.append(String.format("%n%-18s %8s %18s %8s %18s%n", "k", "pass@k", "interval", "maj@k", "interval"));
            pass.forEach((k, estimate) -> {
                Estimate majority = report.all().majorityAtK().get(k);
                text.append(String.format(
                        Locale.ROOT,
                        "%-18d %8s %18s %8s %18s%n",
                        k,
                        percent(estimate.value()),
                        interval(estimate),
                        percent(majority.value()),
                        interval(majority)));
            });
        }
        return text.toString();
    }

    private static String interval(Estimate estimate) {
        return "[" + percent(estimate.low()) + ", " + percent(estimate.high()) + "]";
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", 100 * share);
    }
}
