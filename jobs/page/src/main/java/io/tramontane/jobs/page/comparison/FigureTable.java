package io.tramontane.jobs.page.comparison;

import io.tramontane.jobs.page.comparison.ComparedRuns.Way;
import io.tramontane.pipeline.figures.StepFigure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What each variant scores on held-out problems, and how far its training was off-policy and how stable it was at its
 * end, as text, Markdown or rows of a page.
 */
final class FigureTable {

    /** What is between the lines of the table and says how to read them. */
    static final String HOW_TO_READ =
            "Figures of training are means over the last tenth of the steps; brackets hold the confidence interval of one"
                    + " run, and the lowest and the highest of several.";

    /** What must be known of replays. */
    static final String CAVEAT =
            "The rollouts of a replay are those of the recorded policy: from the second step on its ratios show how far"
                    + " each objective has moved away from it.";

    private static final Map<StepFigure, String> FIGURES = figures();

    private final List<ComparedRuns> lines;

    FigureTable(List<ComparedRuns> lines) {
        this.lines = List.copyOf(lines);
    }

    private static Map<StepFigure, String> figures() {
        Map<StepFigure, String> figures = new LinkedHashMap<>();
        figures.put(StepFigure.RATIO_MEAN, "ratio");
        figures.put(StepFigure.RATIO_MAXIMUM, "largest ratio");
        figures.put(StepFigure.EFFECTIVE_SAMPLE_SHARE, "ESS");
        figures.put(StepFigure.KL_ESTIMATE, "KL");
        figures.put(StepFigure.CLIP_FRACTION, "clipped");
        figures.put(StepFigure.MASKED_FRACTION, "masked");
        figures.put(StepFigure.ENTROPY, "entropy");
        figures.put(StepFigure.GRADIENT_NORM, "gradient norm");
        return figures;
    }

    List<String> head() {
        List<String> head = new ArrayList<>(List.of("variant", "how", "pass@1", "language"));
        head.addAll(FIGURES.values());
        return head;
    }

    List<List<String>> rows() {
        return lines.stream().map(FigureTable::row).toList();
    }

    /** Whether a line is a replay's. */
    boolean hasReplays() {
        return lines.stream().anyMatch(line -> line.way() == Way.REPLAYED);
    }

    /** In columns, for a console. */
    String text() {
        List<List<String>> all = new ArrayList<>(List.of(head()));
        all.addAll(rows());
        int[] widths = new int[head().size()];
        all.forEach(row -> {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        });
        StringBuilder text = new StringBuilder();
        for (List<String> row : all) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                line.append(String.format(Locale.ROOT, "%-" + (widths[column] + 2) + "s", row.get(column)));
            }
            text.append(line.toString().stripTrailing()).append(System.lineSeparator());
        }
        return text.append(notes(System.lineSeparator())).toString();
    }

    /** As a table with the sentences that explain it. */
    String markdown(Suite suite) {
        StringBuilder text = new StringBuilder("# ").append(suite.title()).append("\n\n");
        text.append(markdownLine(head()));
        text.append(markdownLine(head().stream().map(title -> "---").toList()));
        rows().forEach(row -> text.append(markdownLine(row)));
        return text.append('\n').append(notes("\n")).toString();
    }

    private static String markdownLine(List<String> cells) {
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private String notes(String lineEnd) {
        return HOW_TO_READ + lineEnd + (hasReplays() ? CAVEAT + lineEnd : "");
    }

    private static List<String> row(ComparedRuns line) {
        List<String> row =
                new ArrayList<>(List.of(line.name(), line.words(), passAt1(line.runs()), language(line.runs())));
        FIGURES.keySet().forEach(figure -> row.add(atTheEnd(line.runs(), figure)));
        return row;
    }

    private static String passAt1(List<RunOutcome> runs) {
        if (runs.size() == 1) {
            RunOutcome.Measured trained = runs.get(0).trained();
            return percent(trained.pass1())
                    + String.format(Locale.ROOT, " [%.1f, %.1f]", 100 * trained.low(), 100 * trained.high());
        }
        return ofSeeds(runs, RunOutcome::trainedPass1);
    }

    private static String language(List<RunOutcome> runs) {
        return runs.size() == 1
                ? percent(runs.get(0).trained().languageConsistency())
                : ofSeeds(runs, RunOutcome::trainedLanguageConsistency);
    }

    private static String ofSeeds(List<RunOutcome> runs, ToDoubleFunction<RunOutcome> share) {
        return percent(runs.stream().mapToDouble(share).average().orElseThrow())
                + String.format(
                        Locale.ROOT,
                        " [%.1f, %.1f]",
                        100 * runs.stream().mapToDouble(share).min().orElseThrow(),
                        100 * runs.stream().mapToDouble(share).max().orElseThrow());
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", 100 * share);
    }

    private static String atTheEnd(List<RunOutcome> runs, StepFigure figure) {
        OptionalDouble mean = runs.stream()
                .map(run -> run.atTheEnd(figure))
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .average();
        StepFigure.Display display = figure.display();
        return mean.isEmpty()
                ? "–"
                : String.format(Locale.ROOT, "%." + display.decimals() + "f", display.factor() * mean.getAsDouble())
                        + (display.factor() == 100 ? "%" : "");
    }
}
