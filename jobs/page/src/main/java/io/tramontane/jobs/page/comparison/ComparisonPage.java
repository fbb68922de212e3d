package io.tramontane.jobs.page.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import io.tramontane.jobs.page.report.Chart;
import io.tramontane.jobs.page.report.PageDocument;
import io.tramontane.pipeline.figures.StepFigure;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A comparison as a page: means and spreads over the seeds, and the curves of every variant against the first. */
final class ComparisonPage {

    private static final List<StepFigure> CURVES = List.of(
            StepFigure.REWARD_MEAN,
            StepFigure.ACCURACY,
            StepFigure.LANGUAGE_CONSISTENCY,
            StepFigure.LENGTH_MEAN,
            StepFigure.ENTROPY,
            StepFigure.ZERO_VARIANCE_SHARE);

    private final Suite suite;
    private final double rewardThreshold;

    ComparisonPage(Suite suite, double rewardThreshold) {
        this.suite = suite;
        this.rewardThreshold = rewardThreshold;
    }

    /** @param outcomes by variant in the order of the suite, then by seed */
    String render(Map<Variant, Map<Long, RunOutcome>> outcomes) {
        PageDocument page = new PageDocument(suite.title()).paragraph(suite.question());
        if (!suite.finding().isEmpty()) {
            page.paragraph("Reported: " + suite.finding());
        }
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
                outcomes.entrySet().stream()
                        .map(entry -> row(entry.getKey(), entry.getValue().values()))
                        .toList());
        Variant first = outcomes.keySet().iterator().next();
        page.paragraph("Mean and standard deviation over the seeds.")
                .heading("Curves")
                .paragraph("Means over the seeds; dashed: " + first.name() + ".");
        outcomes.forEach((variant, bySeed) -> page.subheading(variant.name())
                .charts(CURVES.stream()
                        .map(curve -> chart(
                                curve,
                                points(bySeed.values(), curve),
                                variant.equals(first)
                                        ? List.of()
                                        : points(outcomes.get(first).values(), curve)))
                        .filter(chart -> !chart.points().isEmpty())
                        .toList()));
        return page.html();
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
