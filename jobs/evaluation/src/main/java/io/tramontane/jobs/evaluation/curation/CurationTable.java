package io.tramontane.jobs.evaluation.curation;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** A curation as a person reads it on a terminal. */
public final class CurationTable {

    private static final String ROW = "%-28s %,9d %7.1f%% %9s  %s%n";

    private CurationTable() {}

    /** A line for all problems, for each reason, and for those that are kept. */
    public static String of(Curation curation) {
        StringBuilder table =
                new StringBuilder(String.format("%n%-28s %9s %8s %9s%n", "", "problems", "share", "pass rate"));
        table.append(row("all", curation, judged -> true, ""));
        for (RemovalReason reason : RemovalReason.values()) {
            table.append(row(
                    reason.key(), curation, judged -> judged.reason().equals(Optional.of(reason)), reason.meaning()));
        }
        return table.append(row("kept", curation, JudgedProblem::kept, "")).toString();
    }

    private static String row(String name, Curation curation, Predicate<JudgedProblem> chosen, String meaning) {
        List<JudgedProblem> problems =
                curation.problems().stream().filter(chosen).toList();
        String passRate = problems.stream()
                .filter(judged -> judged.figures().samples() > 0)
                .mapToDouble(judged -> judged.figures().passRate())
                .average()
                .stream()
                .mapToObj(rate -> String.format(Locale.ROOT, "%.1f%%", 100 * rate))
                .findFirst()
                .orElse("");
        double share = 100.0 * problems.size() / Math.max(1, curation.problems().size());
        return String.format(Locale.ROOT, ROW, name, problems.size(), share, passRate, meaning)
                        .stripTrailing()
                + System.lineSeparator();
    }
}
