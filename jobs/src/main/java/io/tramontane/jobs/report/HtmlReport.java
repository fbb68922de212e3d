package io.tramontane.jobs.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.tramontane.pipeline.training.StepMetrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The page about a run: base against trained policy, the curves, some completions, the configuration. One file that
 * loads nothing from anywhere.
 */
public final class HtmlReport {

    private static final int STEPS_WITH_ROLLOUTS = 4;

    private final RunFiles run;

    private HtmlReport(RunFiles run) {
        this.run = run;
    }

    /**
     * Writes {@code report.html} into a run's folder, from the files that are in it; those of an unfinished run give a
     * page without results.
     *
     * @return the page's path
     * @throws IOException when the folder is not a run's, or cannot be written
     */
    public static Path write(Path runDirectory) throws IOException {
        String page = new HtmlReport(RunFiles.read(runDirectory)).page();
        Path report = runDirectory.resolve("report.html");
        Path temporary = runDirectory.resolve("report.html.tmp");
        Files.writeString(temporary, page);
        return Files.move(temporary, report, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private String page() {
        return page("Run " + run.id(), result() + HeldOutCurves.html(run) + curves() + rollouts() + configuration());
    }

    /**
     * A whole page with our style and script in it, which loads nothing from anywhere.
     *
     * @param title its heading, as plain text
     * @param body HTML below the heading
     */
    public static String page(String title, String body) {
        return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<title>Tramontane: " + Html.escape(title) + "</title>\n<style>\n" + resource("report.css")
                + "</style>\n</head>\n<body>\n<h1>" + Html.escape(title) + "</h1>\n" + body + "<script>\n"
                + resource("report.js") + "</script>\n</body>\n</html>\n";
    }

    private String result() {
        if (run.summary().isEmpty()) {
            return "<p>Not finished: " + run.metrics().size() + " steps so far.</p>\n";
        }
        Summary summary = run.summary().get();
        Summary.Score base = summary.base();
        Summary.Score trained = summary.trained();
        return String.format(
                        Locale.ROOT,
                        "<p>Seed %d, %,d steps of reinforcement learning, %s in all. Measured on held-out problems:"
                                + " %,d completions each, sampled at temperature %s.</p>%n",
                        summary.seed(),
                        summary.steps(),
                        duration(summary.wallSeconds()),
                        trained.n(),
                        trained.temperature())
                + "<table><tr><th>policy<th>pass@1<th>confidence interval<th>language consistency</tr>\n"
                + row("base", base)
                + row("trained", trained)
                + String.format(
                        Locale.ROOT,
                        "<tr class=\"gain\"><th>gain<td>%+.1f points<td><td>%+.1f points</tr></table>%n",
                        100 * (trained.pass1() - base.pass1()),
                        100 * (trained.languageConsistency() - base.languageConsistency()));
    }

    private static String row(String name, Summary.Score score) {
        return String.format(
                Locale.ROOT,
                "<tr><th>%s<td>%.1f%%<td>%.1f – %.1f%%<td>%.1f%%</tr>%n",
                name,
                100 * score.pass1(),
                100 * score.ciLow(),
                100 * score.ciHigh(),
                100 * score.languageConsistency());
    }

    private static String duration(double seconds) {
        long rounded = Math.round(seconds);
        return rounded < 60 ? rounded + " s" : rounded / 60 + " min " + rounded % 60 + " s";
    }

    private String curves() {
        String charts = Stream.of(
                        chart("Reward", "mean of a completion", "%.2f", StepMetrics.REWARD_MEAN, 1),
                        chart("Accuracy", "% of completions", "%.0f", StepMetrics.ACCURACY, 100),
                        chart(
                                "Language consistency",
                                "% of completions",
                                "%.0f",
                                StepMetrics.LANGUAGE_CONSISTENCY,
                                100),
                        chart("Length", "tokens of a completion", "%.1f", StepMetrics.LENGTH_MEAN, 1),
                        chart("Off-policy lag", "versions, mean of a token", "%.2f", StepMetrics.LAG_MEAN, 1),
                        chart("Loss", "", "%.3f", "loss", 1),
                        chart("Entropy", "nats a token", "%.2f", StepMetrics.ENTROPY, 1),
                        chart("Clip fraction", "% of tokens", "%.2f", StepMetrics.CLIP_FRACTION, 100),
                        chart("Gradient norm", "before it is bounded", "%.2f", StepMetrics.GRADIENT_NORM, 1),
                        chart("Divergence", "nats a token", "%.4f", StepMetrics.KL_ESTIMATE, 1),
                        chart("Zero variance", "% of groups, dropped", "%.0f", StepMetrics.ZERO_VARIANCE_SHARE, 100),
                        chart("Truncated", "% of completions", "%.0f", StepMetrics.TRUNCATED_SHARE, 100))
                .collect(Collectors.joining());
        return charts.isEmpty()
                ? "<p>No steps yet.</p>\n"
                : "<h2>Curves</h2>\n<p>Each step thin, the average of nine steps bold.</p>\n<div class=\"charts\">\n"
                        + charts + "</div>\n";
    }

    private String chart(String title, String note, String format, String metric, double factor) {
        List<Chart.Point> points = run.metrics().stream()
                .filter(step -> step.path(metric).isNumber())
                .map(step -> new Chart.Point(step.path("step").asDouble(), factor * number(step, metric)))
                .toList();
        return points.isEmpty() ? "" : new Chart(title, note, format, points).html();
    }

    private static double number(JsonNode step, String metric) {
        return step.get(metric).asDouble();
    }

    private String rollouts() {
        if (run.rollouts().isEmpty()) {
            return "";
        }
        TreeMap<Long, List<Rollout>> bySteps = run.rollouts().stream()
                .collect(Collectors.groupingBy(Rollout::step, TreeMap::new, Collectors.toList()));
        List<Long> steps = List.copyOf(bySteps.keySet());
        StringBuilder html = new StringBuilder("<h2>Completions</h2>\n<p>The best and the worst of one group each, from"
                + " the beginning of the run to its end.</p>\n");
        int shown = Math.min(STEPS_WITH_ROLLOUTS, steps.size());
        for (int index = 0; index < shown; index++) {
            int position = shown == 1 ? 0 : index * (steps.size() - 1) / (shown - 1);
            html.append(group(bySteps.get(steps.get(position))));
        }
        return html.toString();
    }

    private static String group(List<Rollout> group) {
        Comparator<Rollout> byReward = Comparator.comparingDouble(Rollout::reward);
        Rollout best = group.stream().max(byReward).orElseThrow();
        Rollout worst = group.stream().min(byReward).orElseThrow();
        String chosen =
                Stream.of(best, worst).distinct().map(HtmlReport::completion).collect(Collectors.joining());
        return "<section><h3>Step " + best.step() + ", " + Html.escape(best.language()) + "</h3>\n<p>"
                + Html.escape(best.problem()) + " <span>(" + Html.escape(best.reference()) + ")</span></p>\n" + chosen
                + "</section>\n";
    }

    private static String completion(Rollout rollout) {
        String components = rollout.components().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(HtmlReport::component)
                .collect(Collectors.joining(" · "));
        return String.format(
                Locale.ROOT,
                "<article><pre>%s</pre><p><b>reward %.2f</b>, advantage %+.2f <span>%s</span></p></article>%n",
                Html.escape(rollout.completion()),
                rollout.reward(),
                rollout.advantage(),
                components);
    }

    private static String component(Map.Entry<String, Rollout.Component> entry) {
        Rollout.Component component = entry.getValue();
        String reason =
                component.reason() == null || component.reason().isBlank() ? "" : " (" + component.reason() + ")";
        return Html.escape(String.format(
                Locale.ROOT, "%s %+.2f %s%s", entry.getKey(), component.value(), component.verdict(), reason));
    }

    private String configuration() {
        return run.configuration().isEmpty()
                ? ""
                : "<h2>Configuration</h2>\n<details><summary>config.yaml</summary><pre>"
                        + Html.escape(run.configuration()) + "</pre></details>\n";
    }

    private static String resource(String name) {
        try (InputStream stream = HtmlReport.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
