package io.tramontane.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {

    @TempDir
    private Path directory;

    private Path run;

    @BeforeEach
    void createRun() throws IOException {
        run = Files.createDirectory(directory.resolve("run-7"));
    }

    @Test
    void aFinishedRunHasResultsCurvesCompletionsAndConfiguration() throws IOException {
        writeMetrics(60);
        writeRollout(1, "<think>2+2=4</think> \\\\boxed{4}", 1.1);
        writeRollout(1, "five", 0);
        writeRollout(56, "<think>deux</think> \\\\boxed{4}", 1.1);
        summary().write(run.resolve("summary.json"));
        Files.writeString(run.resolve("config.yaml"), "run:\n  seed: 7\n");

        String page = Files.readString(HtmlReport.write(run));

        assertThat(page)
                .contains("<title>Tramontane: Run run-7</title>")
                .contains("Seed 7, 60 steps of reinforcement learning, 3 min 20 s in all", "1,000 completions each")
                .contains("<tr><th>base<td>20.0%<td>18.0 – 22.0%<td>45.0%</tr>")
                .contains("<td>+65.5 points<td><td>+50.0 points")
                .contains("<h3>Step 1, fr</h3>", "<h3>Step 56, fr</h3>")
                .contains("seed: 7");
        assertThat(page.split("<figure>", -1)).hasSize(1 + 12);
        assertThat(page).doesNotContain("http:", "https:", "src=", "@import", "url(");
    }

    @Test
    void evaluationsBesideTrainingAreCurvesFromTheBaseToTheTrainedPolicy() throws IOException {
        writeMetrics(60);
        summary().write(run.resolve("summary.json"));
        Files.writeString(run.resolve("state.json"), "{\"base\": " + evaluation(0, 0.2) + "}");
        Files.writeString(run.resolve("evaluations.jsonl"), evaluation(20, 0.5) + "\n" + evaluation(41, 0.7) + "\n");

        String page = Files.readString(HtmlReport.write(run));

        assertThat(page.split("<figure>", -1)).hasSize(1 + 12 + 3);
        assertThat(page).contains("Measured on committed weights, with 95% confidence intervals");
        String chart = page.substring(page.indexOf("<b>pass@1</b>"));
        assertThat(chart.substring(0, chart.indexOf("</figure>")))
                .contains("step 0: 20.0 (15.0 – 25.0)", "step 41: 70.0 (65.0 – 75.0)", "step 60: 85.5 (83.0 – 88.0)")
                .containsPattern("<polygon class=\"band\" points=\"(\\S+,\\S+ ?){8}\"/>");
    }

    private static String evaluation(int step, double passAt1) {
        return String.format(
                Locale.ROOT,
                "{\"step\": %d, \"passAt1\": %.2f, \"confidenceLow\": %.2f, \"confidenceHigh\": %.2f,"
                        + " \"confidence\": 0.95, \"languageConsistency\": 0.6, \"meanTokens\": 20.5}",
                step,
                passAt1,
                passAt1 - 0.05,
                passAt1 + 0.05);
    }

    @Test
    void whatAModelWroteCannotBecomeMarkup() throws IOException {
        writeMetrics(1);
        writeRollout(1, "</pre><script>alert('x')</script>\\u0000\\ud800", 0);

        String page = Files.readString(HtmlReport.write(run));

        assertThat(page)
                .contains("&lt;/pre&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;\uFFFD")
                .doesNotContain("<script>alert");
    }

    @Test
    void aRunInProgressHasAPageToo() throws IOException {
        writeMetrics(3);
        Files.writeString(
                run.resolve("metrics.jsonl"), Files.readString(run.resolve("metrics.jsonl")) + "{\"step\": 4, \"rew");

        assertThat(Files.readString(HtmlReport.write(run))).contains("Not finished: 3 steps so far.");
    }

    @Test
    void aFolderWithoutMetricsIsNoRun() {
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> HtmlReport.write(run))
                .withMessageEndingWith("metrics.jsonl");
    }

    @Test
    void aBrokenLineIsNamed() throws IOException {
        Files.writeString(run.resolve("metrics.jsonl"), "{\"step\": 1}\nnonsense\n{\"step\": 3}\n");

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> HtmlReport.write(run))
                .withMessageContaining("metrics.jsonl, line 2: ");
    }

    @Test
    void aSummaryIsReadAsItWasWritten() throws IOException {
        Path file = run.resolve("summary.json");
        summary().write(file);

        assertThat(Summary.read(file)).isEqualTo(summary());
        assertThat(Files.readString(file)).isEqualToIgnoringWhitespace("""
                        {"seed": 7, "steps": 60, "wallSeconds": 200.4,
                         "base": {"pass1": 0.2, "ciLow": 0.18, "ciHigh": 0.22, "n": 1000, "temperature": 1.0,
                                  "languageConsistency": 0.45},
                         "trained": {"pass1": 0.855, "ciLow": 0.83, "ciHigh": 0.88, "n": 1000, "temperature": 1.0,
                                     "languageConsistency": 0.95}}
                        """);
    }

    private static Summary summary() {
        return new Summary(
                7,
                60,
                200.4,
                new Summary.Score(0.2, 0.18, 0.22, 1000, 1, 0.45),
                new Summary.Score(0.855, 0.83, 0.88, 1000, 1, 0.95));
    }

    private void writeMetrics(int steps) throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        String lines = IntStream.rangeClosed(1, steps)
                .mapToObj(step -> String.format(
                        Locale.ROOT,
                        "{\"step\": %d, \"loss\": %.4f, \"rewardMean\": %.4f, \"accuracy\": %.4f,"
                                + " \"languageConsistency\": %.4f, \"lengthMean\": %.2f, \"lagMean\": %.2f, \"entropy\": %.3f,"
                                + " \"clipFraction\": 0.0, \"gradientNorm\": %.3f, \"klEstimate\": 0.0012,"
                                + " \"zeroVarianceShare\": 0.25, \"truncatedShare\": 0.01, \"weightsHash\": \"ab\"}",
                        step,
                        random.nextDouble() - 0.5,
                        step / (step + 20.0) + random.nextDouble() / 10,
                        step / (step + 25.0),
                        step / (step + 10.0),
                        30 + random.nextDouble(),
                        random.nextDouble(),
                        1.5 - step / 100.0,
                        random.nextDouble()))
                .collect(Collectors.joining("\n", "", "\n"));
        Files.writeString(run.resolve("metrics.jsonl"), lines);
    }

    /** @param jsonText the completion as it stands between quotes in JSON */
    private void writeRollout(int step, String jsonText, double reward) throws IOException {
        Path file = run.resolve("rollouts.jsonl");
        String before = Files.exists(file) ? Files.readString(file) : "";
        Files.writeString(
                file,
                before
                        + String.format(
                                Locale.ROOT,
                                "{\"step\": %d, \"completionId\": \"r/0/p/1\", \"language\": \"fr\", \"problem\": \"Léa a 2"
                                        + " pommes.\", \"reference\": \"4\", \"completion\": \"%s\", \"reward\": %.2f,"
                                        + " \"advantage\": 0.5, \"components\": {\"correctness\": {\"value\": 0.9,"
                                        + " \"verdict\": \"CORRECT\", \"reason\": \"4 = 4\"}}}%n",
                                step,
                                jsonText,
                                reward));
    }
}
