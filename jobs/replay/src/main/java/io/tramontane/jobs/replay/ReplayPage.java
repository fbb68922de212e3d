package io.tramontane.jobs.replay;

import io.tramontane.jobs.page.report.Chart;
import io.tramontane.jobs.page.report.Html;
import io.tramontane.jobs.page.report.HtmlReport;
import io.tramontane.pipeline.training.StepMetrics;
import io.tramontane.pipeline.training.TrainedStep;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.RewardComponent;
import io.tramontane.schemas.Step;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** A replay as a page: what was changed, the figures beside the run's, completions or curves. */
final class ReplayPage {

    private ReplayPage() {}

    /** @param changed settings of the replay that differ from the run's */
    static String ofRewards(ReplayDirectory directory, Map<String, String> changed, RewardReplay.Result result) {
        return HtmlReport.page(
                "Replay " + directory.name() + " of the rewards of "
                        + directory.run().id(),
                settings(changed) + "<pre>" + Html.escape(RewardReport.of(result)) + "</pre>\n"
                        + "<h2>Completions with other verdicts</h2>\n<p>The first "
                        + result.changes().size() + " of "
                        + String.format(Locale.ROOT, "%,d", result.comparison().changedCompletions()) + "; all are in "
                        + Html.escape(result.changesFile().getFileName().toString()) + ".</p>\n"
                        + result.changes().stream().map(ReplayPage::change).collect(Collectors.joining()));
    }

    static String ofTraining(
            ReplayDirectory directory, Map<String, String> changed, TrainingReplay.Result result, String verdict) {
        return HtmlReport.page(
                "Replay " + directory.name() + " of the training of "
                        + directory.run().id(),
                settings(changed) + "<p>" + Html.escape(verdict) + "</p>\n<h2>Curves</h2>\n"
                        + "<p>The replay's steps thin, their average bold; the run's average dashed.</p>\n"
                        + "<div class=\"charts\">\n" + curves(result.steps()) + "</div>\n");
    }

    private static String settings(Map<String, String> changed) {
        if (changed.isEmpty()) {
            return "<p>With the run's own settings.</p>\n";
        }
        return changed.entrySet().stream()
                .map(entry ->
                        "<tr><th>" + Html.escape(entry.getKey()) + "<td>" + Html.escape(entry.getValue()) + "</tr>")
                .collect(Collectors.joining("\n", "<table><tr><th>changed setting<th>value</tr>\n", "</table>\n"));
    }

    private static String change(ChangedCompletion change) {
        Completion completion = change.after().getCompletion();
        String verdicts = change.changed().stream()
                .map(name -> "<tr><th>" + Html.escape(name) + "<td>"
                        + verdict(change.componentsBefore(), name) + "<td>"
                        + verdict(change.after().getComponents(), name) + "</tr>")
                .collect(Collectors.joining("\n"));
        return "<section><h3>" + Html.escape(completion.getCompletionId()) + "</h3>\n<p>"
                + Html.escape(completion.getProblem()) + " <span>reference "
                + Html.escape(completion.getReference()) + "</span></p>\n<pre>"
                + Html.escape(completion.getText()) + "</pre>\n<table><tr><th>component<th>run<th>replay</tr>\n"
                + verdicts
                + String.format(
                        Locale.ROOT,
                        "<tr class=\"gain\"><th>reward<td>%.3f<td>%.3f</tr></table></section>%n",
                        change.rewardBefore(),
                        change.after().getReward());
    }

    private static String verdict(List<RewardComponent> components, String name) {
        return components.stream()
                .filter(component -> component.getName().equals(name))
                .findFirst()
                .map(component -> component.getVerdict() + " <span>" + Html.escape(component.getReason()) + "</span>")
                .orElse("not graded");
    }

    private static String curves(List<TrainingReplay.ReplayedStep> steps) {
        return chart(steps, "Loss", "", "%.3f", Step::getLoss, TrainedStep::loss)
                + metric(steps, "Importance ratio", "mean of a token", "%.3f", StepMetrics.RATIO_MEAN, 1)
                + metric(steps, "Largest ratio", "of a token", "%.2f", StepMetrics.RATIO_MAXIMUM, 1)
                + metric(
                        steps,
                        "Effective sample size",
                        "% of the batch's tokens",
                        "%.1f",
                        StepMetrics.EFFECTIVE_SAMPLE_SHARE,
                        100)
                + metric(steps, "Clip fraction", "% of tokens", "%.2f", StepMetrics.CLIP_FRACTION, 100)
                + metric(steps, "Divergence", "nats a token", "%.4f", StepMetrics.KL_ESTIMATE, 1)
                + metric(steps, "Entropy", "nats a token", "%.2f", StepMetrics.ENTROPY, 1)
                + metric(steps, "Gradient norm", "before it is bounded", "%.2f", StepMetrics.GRADIENT_NORM, 1)
                + metric(steps, "Learning rate", "", "%.1e", StepMetrics.LEARNING_RATE, 1);
    }

    private static String metric(
            List<TrainingReplay.ReplayedStep> steps,
            String title,
            String note,
            String format,
            String name,
            double factor) {
        return chart(
                steps,
                title,
                note,
                format,
                step -> factor * step.getMetrics().getOrDefault(name, Double.NaN),
                step -> factor * step.metrics().getOrDefault(name, Double.NaN));
    }

    private static String chart(
            List<TrainingReplay.ReplayedStep> steps,
            String title,
            String note,
            String format,
            ToDoubleFunction<Step> recorded,
            ToDoubleFunction<TrainedStep> replayed) {
        List<Chart.Point> reference = steps.stream()
                .map(step -> new Chart.Point(step.recorded().getStep(), recorded.applyAsDouble(step.recorded())))
                .filter(point -> Double.isFinite(point.value()))
                .toList();
        List<Chart.Point> points = steps.stream()
                .filter(step -> step.replayed().isPresent())
                .map(step -> new Chart.Point(
                        step.recorded().getStep(),
                        replayed.applyAsDouble(step.replayed().get())))
                .filter(point -> Double.isFinite(point.value()))
                .toList();
        return Optional.of(points)
                .filter(present -> !present.isEmpty())
                .map(present -> new Chart(title, note, format, present, reference).html())
                .orElse("");
    }
}
