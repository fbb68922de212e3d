package io.tramontane.jobs.evaluation.curation;

import io.tramontane.rewards.code.TestRepair.TestEnding;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A dataset with repaired tests.
 *
 * @param problems all of them, in the order of the dataset
 */
public record RepairReport(List<RepairedProblem> problems) {

    public RepairReport {
        problems = List.copyOf(problems);
    }

    /** Problems whose tests were judged. */
    public long judged() {
        return problems.stream()
                .filter(problem -> problem.repaired().isPresent())
                .count();
    }

    /** Problems that have a test left, or were not judged. */
    public long kept() {
        return problems.stream().filter(RepairedProblem::kept).count();
    }

    /** The problems that are left, as lines of a dataset. */
    public Stream<String> keptRows() {
        return problems.stream().filter(RepairedProblem::kept).map(RepairedProblem::row);
    }

    /** What was changed and why, a line for each problem of which a test was. */
    public Stream<String> changes() {
        return problems.stream().filter(RepairedProblem::changed).map(RepairedProblem::changes);
    }

    /** For a terminal. */
    public String table() {
        StringBuilder table = new StringBuilder(System.lineSeparator());
        line(table, "problems", problems.size(), "");
        line(table, "judged", judged(), "enough programs could be run");
        line(table, "dropped", problems.size() - kept(), "no test is left");
        line(table, "tests kept", tests(TestEnding.KEPT), "programs write what is expected");
        line(table, "tests overwritten", tests(TestEnding.OVERWRITTEN), "programs agree, none on what was expected");
        line(table, "tests dropped", tests(TestEnding.DROPPED), "programs do not agree");
        return table.toString();
    }

    private long tests(TestEnding fate) {
        return problems.stream().mapToLong(problem -> problem.count(fate)).sum();
    }

    private static void line(StringBuilder table, String name, long count, String meaning) {
        table.append(String.format(Locale.ROOT, "%-20s %,9d  %s", name, count, meaning)
                        .stripTrailing())
                .append(System.lineSeparator());
    }
}
