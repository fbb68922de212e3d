package io.tramontane.jobs.page.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import io.tramontane.jobs.page.report.Chart;
import io.tramontane.jobs.page.report.Html;
import io.tramontane.jobs.page.report.HtmlReport;
import io.tramontane.pipeline.training.StepMetrics;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A comparison as a page: means and spreads over the seeds, and the curves of every variant against the first. */
final class ComparisonPage {

    /** A curve: metric, title, unit, format, factor. */
    private record Curve(String metric, String title, String note, String format, double factor) {}

    private static final List<Curve> CURVES = List.of(
            new Curve(StepMetrics.REWARD_MEAN, "Reward", "mean of a completion", "%.2f", 1),
            new Curve(StepMetrics.ACCURACY, "Accuracy", "% of completions", "%.0f", 100),
            new Curve(StepMetrics.LANGUAGE_CONSISTENCY, "Language consistency", "% of completions", "%.0f", 100),
            new Curve(StepMetrics.LENGTH_MEAN, "Length", "tokens of a completion", "%.1f", 1),
            new Curve(StepMetrics.ENTROPY, "Entropy", "nats a token", "%.2f", 1),
            new Curve(StepMetrics.ZERO_VARIANCE_SHARE, "Zero variance", "% of groups, dropped", "%.0f", 100));

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
            for (Curve curve : CURVES) {
                List<Chart.Point> points = points(bySeed.values(), curve);
                List<Chart.Point> reference = variant.equals(first)
                        ? List.of()
                        : points(outcomes.get(first).values(), curve);
                if (!points.isEmpty()) {
                    html.append(new Chart(curve.title(), curve.note(), curve.format(), points, reference).html());
                }
            }
            html.append("</div>\n");
        });
        return html.toString();
    }

    private static List<Chart.Point> points(Collection<RunOutcome> runs, Curve curve) {
        Map<Double, Double> means = runs.stream()
                .flatMap(run -> run.steps().stream())
                .filter(step -> step.path(curve.metric()).isNumber())
                .collect(Collectors.groupingBy(
                        step -> step.path("step").asDouble(),
                        TreeMap::new,
                        Collectors.averagingDouble((JsonNode step) ->
                                curve.factor() * step.path(curve.metric()).asDouble())));
        return means.entrySet().stream()
                .map(entry -> new Chart.Point(entry.getKey(), entry.getValue()))
                .toList();
    }
}
