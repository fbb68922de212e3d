package io.tramontane.jobs.page.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import io.tramontane.jobs.page.report.Chart;
import io.tramontane.jobs.page.report.Html;
import io.tramontane.jobs.page.report.HtmlReport;
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
        return HtmlReport.page(suite.title(), introduction() + table(outcomes) + curves(outcomes));
    }

    private String introduction() {
        String text = "<p>" + Html.escape(suite.question()) + "</p>\n";
        return suite.finding().isEmpty()
                ? text
                : text + "<p><b>Reported:</b> " + Html.escape(suite.finding()) + "</p>\n";
    }

    private String table(Map<Variant, Map<Long, RunOutcome>> outcomes) {
        String rows = outcomes.entrySet().stream()
                .map(entry -> row(entry.getKey(), entry.getValue().values()))
                .collect(Collectors.joining());
        return "<table><tr><th>variant<th>runs<th>base pass@1<th>trained<th>base language<th>trained<th>completions/s"
                + "<th>" + String.format(Locale.ROOT, "seconds to %.2f", rewardThreshold) + "<th>idle</tr>\n" + rows
                + "</table>\n<p>Mean and standard deviation over the seeds.</p>\n";
    }

    private static String row(Variant variant, Collection<RunOutcome> runs) {
        boolean reached = runs.stream().allMatch(run -> run.secondsToReward().isPresent());
        return "<tr><th>" + Html.escape(variant.name()) + "<br><span>"
                + Html.escape(String.join(", ", variant.overrides())) + "</span><td>" + runs.size() + "<td>"
                + Spread.of(runs, RunOutcome::basePass1).percent() + "<td>"
                + Spread.of(runs, RunOutcome::trainedPass1).percent() + "<td>"
                + Spread.of(runs, RunOutcome::baseLanguageConsistency).percent() + "<td>"
                + Spread.of(runs, RunOutcome::trainedLanguageConsistency).percent() + "<td>"
                + Spread.of(runs, RunOutcome::completionsPerSecond).number() + "<td>"
                + (reached
                        ? Spread.of(runs, run -> run.secondsToReward().getAsDouble())
                                .number()
                        : "not all")
                + "<td>" + Spread.of(runs, RunOutcome::generatorIdleFraction).percent() + "</tr>\n";
    }

    private static String curves(Map<Variant, Map<Long, RunOutcome>> outcomes) {
        Variant first = outcomes.keySet().iterator().next();
        StringBuilder html = new StringBuilder(
                "<h2>Curves</h2>\n<p>Means over the seeds; dashed: " + Html.escape(first.name()) + ".</p>\n");
        outcomes.forEach((variant, bySeed) -> {
            html.append("<h2>").append(Html.escape(variant.name())).append("</h2>\n<div class=\"charts\">\n");
            for (StepFigure curve : CURVES) {
                List<Chart.Point> points = points(bySeed.values(), curve);
                List<Chart.Point> reference = variant.equals(first)
                        ? List.of()
                        : points(outcomes.get(first).values(), curve);
                if (!points.isEmpty()) {
                    html.append(new Chart(
                                    curve.display().title(),
                                    curve.display().note(),
                                    curve.display().format(),
                                    points,
                                    reference)
                            .html());
                }
            }
            html.append("</div>\n");
        });
        return html.toString();
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
