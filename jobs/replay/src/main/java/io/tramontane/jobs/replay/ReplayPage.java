package io.tramontane.jobs.replay;

import io.tramontane.jobs.page.report.Chart;
import io.tramontane.jobs.page.report.Html;
import io.tramontane.jobs.page.report.HtmlReport;
import io.tramontane.pipeline.figures.StepFigure;
import io.tramontane.pipeline.training.TrainedStep;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.RewardComponent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A replay as a page: what was changed, the figures beside the run's, completions or curves. */
final class ReplayPage {

    /** Where a replay under other settings shows that it leads somewhere else. */
    private static final List<StepFigure> CURVES = List.of(
            StepFigure.LOSS,
            StepFigure.RATIO_MEAN,
            StepFigure.RATIO_MAXIMUM,
            StepFigure.EFFECTIVE_SAMPLE_SHARE,
            StepFigure.CLIP_FRACTION,
            StepFigure.KL_ESTIMATE,
            StepFigure.ENTROPY,
            StepFigure.GRADIENT_NORM,
            StepFigure.LEARNING_RATE);

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
        return CURVES.stream().map(figure -> chart(steps, figure)).collect(Collectors.joining());
    }

    private static double value(StepFigure figure, TrainedStep step) {
        return figure == StepFigure.LOSS ? step.loss() : step.metrics().getOrDefault(figure.key(), Double.NaN);
    }

    private static String chart(List<TrainingReplay.ReplayedStep> steps, StepFigure figure) {
        StepFigure.Display display = figure.display();
        List<Chart.Point> reference = steps.stream()
                .map(step -> new Chart.Point(step.recorded().getStep(), display.factor() * figure.of(step.recorded())))
                .filter(point -> Double.isFinite(point.value()))
                .toList();
        List<Chart.Point> points = steps.stream()
                .filter(step -> step.replayed().isPresent())
                .map(step -> new Chart.Point(
                        step.recorded().getStep(),
                        display.factor() * value(figure, step.replayed().get())))
                .filter(point -> Double.isFinite(point.value()))
                .toList();
        return Optional.of(points)
                .filter(present -> !present.isEmpty())
                .map(present -> new Chart(display.title(), display.note(), display.format(), present, reference).html())
                .orElse("");
    }
}
