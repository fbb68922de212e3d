package io.tramontane.jobs.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.tramontane.jobs.report.Chart.Interval;
import io.tramontane.jobs.report.Chart.Point;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * The curves of what a policy scored on held-out problems: before the first step, while it was trained, and after the
 * last step. The first and the last are measured on more problems, so their intervals are narrower.
 */
final class HeldOutCurves {

    private record Measured(double passAt1, double low, double high, double languageConsistency, double meanTokens) {

        static Measured of(JsonNode evaluation) {
            return new Measured(
                    evaluation.path("passAt1").asDouble(),
                    evaluation.path("confidenceLow").asDouble(),
                    evaluation.path("confidenceHigh").asDouble(),
                    evaluation.path("languageConsistency").asDouble(),
                    evaluation.path("meanTokens").asDouble(Double.NaN));
        }

        static Measured of(Summary.Score score) {
            return new Measured(score.pass1(), score.ciLow(), score.ciHigh(), score.languageConsistency(), Double.NaN);
        }
    }

    private HeldOutCurves() {}

    /** Empty when nothing was measured while the policy was trained. */
    static String html(RunFiles run) {
        if (run.evaluations().isEmpty()) {
            return "";
        }
        TreeMap<Long, Measured> bySteps = new TreeMap<>();
        run.base().ifPresent(base -> bySteps.put(0L, Measured.of(base)));
        run.evaluations().forEach(line -> bySteps.put(line.path("step").asLong(), Measured.of(line)));
        run.summary()
                .ifPresent(summary -> bySteps.merge(
                        summary.steps(),
                        Measured.of(summary.trained()),
                        (before, last) -> new Measured(
                                last.passAt1(),
                                last.low(),
                                last.high(),
                                last.languageConsistency(),
                                before.meanTokens())));
        List<Interval> intervals = bySteps.values().stream()
                .map(measured -> new Interval(100 * measured.low(), 100 * measured.high()))
                .toList();
        return "<h2>Held-out problems</h2>\n<p>Measured on committed weights, with " + confidence(run)
                + "% confidence intervals.</p>\n<div class=\"charts\">\n"
                + Chart.ofEstimates(
                                "pass@1",
                                "% of completions",
                                "%.1f",
                                points(bySteps, measured -> 100 * measured.passAt1()),
                                intervals)
                        .html()
                + Chart.ofEstimates(
                                "Language consistency",
                                "% of completions",
                                "%.1f",
                                points(bySteps, measured -> 100 * measured.languageConsistency()),
                                List.of())
                        .html()
                + Chart.ofEstimates(
                                "Length",
                                "tokens of a completion",
                                "%.1f",
                                points(bySteps, Measured::meanTokens),
                                List.of())
                        .html()
                + "</div>\n";
    }

    private static String confidence(RunFiles run) {
        return String.format(
                Locale.ROOT,
                "%.0f",
                100 * run.evaluations().get(0).path("confidence").asDouble());
    }

    private static List<Point> points(TreeMap<Long, Measured> bySteps, ToDoubleFunction<Measured> figure) {
        return bySteps.entrySet().stream()
                .map(entry -> new Point(entry.getKey(), figure.applyAsDouble(entry.getValue())))
                .filter(point -> !Double.isNaN(point.value()))
                .toList();
    }
}
