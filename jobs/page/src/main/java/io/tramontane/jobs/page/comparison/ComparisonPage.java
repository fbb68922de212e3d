package io.tramontane.jobs.page.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import io.tramontane.jobs.page.comparison.ComparedRuns.Way;
import io.tramontane.jobs.page.report.Chart;
import io.tramontane.jobs.page.report.PageDocument;
import io.tramontane.pipeline.figures.StepFigure;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A comparison as a page: means and spreads over the seeds, and the curves of every line against the first like it. */
final class ComparisonPage {

    private static final List<StepFigure> CURVES = List.of(
            StepFigure.REWARD_MEAN,
            StepFigure.ACCURACY,
            StepFigure.LANGUAGE_CONSISTENCY,
            StepFigure.LENGTH_MEAN,
            StepFigure.RATIO_MEAN,
            StepFigure.RATIO_MAXIMUM,
            StepFigure.EFFECTIVE_SAMPLE_SHARE,
            StepFigure.KL_ESTIMATE,
            StepFigure.CLIP_FRACTION,
            StepFigure.MASKED_FRACTION,
            StepFigure.ENTROPY,
            StepFigure.GRADIENT_NORM,
            StepFigure.ZERO_VARIANCE_SHARE);

    private final Suite suite;
    private final double rewardThreshold;

    ComparisonPage(Suite suite, double rewardThreshold) {
        this.suite = suite;
        this.rewardThreshold = rewardThreshold;
    }

    /**
     * The page.
     *
     * @param live by variant in the order of the suite, then by seed; may be empty
     * @param lines live and replayed, at least one
     */
    String render(Map<Variant, Map<Long, RunOutcome>> live, List<ComparedRuns> lines) {
        PageDocument page = new PageDocument(suite.title()).paragraph(suite.question());
        if (!suite.finding().isEmpty()) {
            page.paragraph("Reported: " + suite.finding());
        }
        if (!live.isEmpty()) {
            page.table(
                            List.of(
                                    "variant",
                                    "settings",
                                    "runs",
                                    "base pass@1",
                                    "trained",
                                    "base language",
                                    "trained",
                                    "completions/s",
                                    String.format(Locale.ROOT, "seconds to %.2f", rewardThreshold),
                                    "idle"),
                            live.entrySet().stream()
                                    .map(entry ->
                                            row(entry.getKey(), entry.getValue().values()))
                                    .toList())
                    .paragraph("Mean and standard deviation over the seeds.");
        }
        FigureTable figures = new FigureTable(lines);
        page.heading("Training").table(figures.head(), figures.rows()).paragraph(FigureTable.HOW_TO_READ);
        if (figures.hasReplays()) {
            page.paragraph(FigureTable.CAVEAT);
        }
        page.heading("Curves")
                .paragraph("Means over the seeds; dashed: the first of those that are compared with each other,"
                        + " for replays the recorded run, whose rewards are those of the replays too.");
        lines.forEach(line -> page.subheading(line.name() + " (" + line.words() + ")")
                .charts(CURVES.stream()
                        .filter(curve -> hasOwn(line, curve))
                        .map(curve -> chart(curve, points(line.runs(), curve), reference(line, lines, curve)))
                        .filter(chart -> !chart.points().isEmpty())
                        .toList()));
        return page.html();
    }

    /** A replay samples nothing: what is counted over all groups is the recorded run's, and part of it is missing. */
    private static boolean hasOwn(ComparedRuns line, StepFigure curve) {
        return line.way() != Way.REPLAYED || curve.over() != StepFigure.Over.INTERVAL;
    }

    private static List<Chart.Point> reference(ComparedRuns line, List<ComparedRuns> lines, StepFigure curve) {
        ComparedRuns first =
                lines.stream().filter(line::comparableWith).findFirst().orElseThrow();
        return first.equals(line) ? List.of() : points(first.runs(), curve);
    }

    private static List<String> row(Variant variant, Collection<RunOutcome> runs) {
        boolean reached = runs.stream().allMatch(run -> run.secondsToReward().isPresent());
        return List.of(
                variant.name(),
                String.join(", ", variant.overrides()),
                Integer.toString(runs.size()),
                Spread.of(runs, RunOutcome::basePass1).percent(),
                Spread.of(runs, RunOutcome::trainedPass1).percent(),
                Spread.of(runs, RunOutcome::baseLanguageConsistency).percent(),
                Spread.of(runs, RunOutcome::trainedLanguageConsistency).percent(),
                Spread.of(runs, RunOutcome::completionsPerSecond).number(),
                reached
                        ? Spread.of(runs, run -> run.secondsToReward().getAsDouble())
                                .number()
                        : "not all",
                Spread.of(runs, RunOutcome::generatorIdleFraction).percent());
    }

    private static Chart chart(StepFigure curve, List<Chart.Point> points, List<Chart.Point> reference) {
        StepFigure.Display display = curve.display();
        return new Chart(display.title(), display.note(), display.decimals(), points, reference);
    }

    private static List<Chart.Point> points(Collection<RunOutcome> runs, StepFigure curve) {
        Map<Double, Double> means = runs.stream()
                .flatMap(run -> run.steps().stream())
                .filter(step -> step.path(curve.key()).isNumber())
                .collect(Collectors.groupingBy(
                        step -> step.path("step").asDouble(),
                        TreeMap::new,
                        Collectors.averagingDouble(
                                (JsonNode step) -> curve.display().factor()
                                        * step.path(curve.key()).asDouble())));
        return means.entrySet().stream()
                .map(entry -> new Chart.Point(entry.getKey(), entry.getValue()))
                .toList();
    }
}
