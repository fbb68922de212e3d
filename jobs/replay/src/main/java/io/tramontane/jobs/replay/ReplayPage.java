package io.tramontane.jobs.replay;

import io.tramontane.jobs.page.report.Chart;
import io.tramontane.jobs.page.report.PageDocument;
import io.tramontane.pipeline.figures.StepFigure;
import io.tramontane.pipeline.training.TrainedStep;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.RewardComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
        PageDocument page = page(directory, "rewards", changed)
                .preformatted(RewardReport.of(result))
                .heading("Completions with other verdicts")
                .paragraph(String.format(
                        Locale.ROOT,
                        "The first %d of %,d; all are in %s.",
                        result.changes().size(),
                        result.comparison().changedCompletions(),
                        result.changesFile().getFileName()));
        result.changes().forEach(change -> add(page, change));
        return page.html();
    }

    static String ofTraining(
            ReplayDirectory directory, Map<String, String> changed, TrainingReplay.Result result, String verdict) {
        return page(directory, "training", changed)
                .paragraph(verdict)
                .heading("Curves")
                .paragraph("The replay's steps thin, their average bold; the run's average dashed.")
                .charts(CURVES.stream()
                        .map(figure -> chart(result.steps(), figure))
                        .filter(chart -> !chart.points().isEmpty())
                        .toList())
                .html();
    }

    private static PageDocument page(ReplayDirectory directory, String what, Map<String, String> changed) {
        PageDocument page = new PageDocument("Replay " + directory.name() + " of the " + what + " of "
                + directory.run().id());
        return changed.isEmpty()
                ? page.paragraph("With the run's own settings.")
                : page.table(
                        List.of("changed setting", "value"),
                        changed.entrySet().stream()
                                .map(entry -> List.of(entry.getKey(), entry.getValue()))
                                .toList());
    }

    private static void add(PageDocument page, ChangedCompletion change) {
        Completion completion = change.after().getCompletion();
        List<List<String>> verdicts = new ArrayList<>();
        for (String name : change.changed()) {
            verdicts.add(List.of(
                    name,
                    verdict(change.componentsBefore(), name),
                    verdict(change.after().getComponents(), name)));
        }
        verdicts.add(List.of(
                "reward", reward(change.rewardBefore()), reward(change.after().getReward())));
        page.subheading(completion.getCompletionId())
                .paragraph(completion.getProblem())
                .paragraph("Reference: " + completion.getReference())
                .preformatted(completion.getText())
                .table(List.of("component", "run", "replay"), verdicts);
    }

    private static String reward(double reward) {
        return String.format(Locale.ROOT, "%.3f", reward);
    }

    private static String verdict(List<RewardComponent> components, String name) {
        return components.stream()
                .filter(component -> component.getName().equals(name))
                .findFirst()
                .map(component -> (component.getVerdict() + " " + component.getReason()).strip())
                .orElse("not graded");
    }

    private static double value(StepFigure figure, TrainedStep step) {
        return figure == StepFigure.LOSS ? step.loss() : step.metrics().getOrDefault(figure.key(), Double.NaN);
    }

    private static Chart chart(List<TrainingReplay.ReplayedStep> steps, StepFigure figure) {
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
        return new Chart(display.title(), display.note(), display.decimals(), points, reference);
    }
}
