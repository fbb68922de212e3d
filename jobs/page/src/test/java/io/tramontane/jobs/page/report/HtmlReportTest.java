package io.tramontane.jobs.page.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

        JsonNode data = data(page);
        assertThat(page).contains("<title>Tramontane: Run run-7</title>");
        assertThat(data.at("/about/summary/seed").asInt()).isEqualTo(7);
        assertThat(data.at("/about/configuration").asText()).contains("seed: 7");
        assertThat(data.at("/steps/steps")).hasSize(60);
        assertThat(data.at("/steps/series/rewardMean")).hasSize(60);
        assertThat(data.at("/groups/0/step").asInt()).isEqualTo(1);
        assertThat(data.at("/groups/0/completions")).hasSize(2);
        assertThat(data.at("/groups/1/completions/0/text").asText()).startsWith("<think>deux");
        assertThat(page).doesNotContain("<link rel=\"stylesheet", "<script src=", "@import", "url(http");
    }

    private static JsonNode data(String page) throws IOException {
        Matcher matcher = Pattern.compile("<script type=\"application/json\" id=\"frozen\">(.*?)</script>")
                .matcher(page);
        assertThat(matcher.find()).isTrue();
        return new ObjectMapper().readTree(matcher.group(1));
    }

    @Test
    void evaluationsBesideTrainingAreCurvesFromTheBaseToTheTrainedPolicy() throws IOException {
        writeMetrics(60);
        summary().write(run.resolve("summary.json"));
        Files.writeString(run.resolve("state.json"), "{\"base\": " + evaluation(0, 0.2) + "}");
        Files.writeString(run.resolve("evaluations.jsonl"), evaluation(20, 0.5) + "\n" + evaluation(41, 0.7) + "\n");

        String page = Files.readString(HtmlReport.write(run));

        JsonNode measures = data(page).path("heldOut");
        assertThat(measures)
                .extracting(measure -> measure.path("step").asLong())
                .containsExactly(0L, 20L, 41L, 60L);
        assertThat(measures)
                .extracting(measure -> measure.path("passAt1").asDouble())
                .containsExactly(0.2, 0.5, 0.7, 0.855);
        assertThat(measures)
                .extracting(measure -> measure.path("low").asDouble())
                .containsExactly(0.15, 0.45, 0.65, 0.83);
        assertThat(measures)
                .extracting(measure -> measure.path("meanTokens").asDouble())
                .containsExactly(20.5, 20.5, 20.5, 27.5);
    }

    @Test
    void aSummaryWithoutLengthsIsReadToo() throws IOException {
        Path file = run.resolve("summary.json");
        summary().write(file);
        Files.writeString(file, Files.readString(file).replaceAll(",\\s*\"meanTokens\" : [\\d.]+", ""));
        writeMetrics(60);
        Files.writeString(run.resolve("evaluations.jsonl"), evaluation(20, 0.5));

        assertThat(Summary.read(file).trained().meanTokens()).isNull();
        assertThat(data(Files.readString(HtmlReport.write(run)))
                        .at("/heldOut/1")
                        .has("meanTokens"))
                .isFalse();
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

        assertThat(page).doesNotContain("</pre><script>alert").contains("\\u003c/pre>\\u003cscript>alert");
        assertThat(data(page).at("/groups/0/completions/0/text").asText()).startsWith("</pre><script>alert('x')");
    }

    @Test
    void aRunInProgressHasAPageToo() throws IOException {
        writeMetrics(3);
        Files.writeString(
                run.resolve("metrics.jsonl"), Files.readString(run.resolve("metrics.jsonl")) + "{\"step\": 4, \"rew");

        JsonNode data = data(Files.readString(HtmlReport.write(run)));

        assertThat(data.at("/steps/steps")).hasSize(3);
        assertThat(data.at("/about").has("summary")).isFalse();
    }

    @Test
    void aForkNamesItsParent() throws IOException {
        writeMetrics(3);
        Files.createDirectories(run.resolve("fork"));
        Files.writeString(run.resolve("fork/fork.json"), "{\"run\": \"parent\", \"step\": 12, \"schedule\": null}");

        assertThat(data(Files.readString(HtmlReport.write(run)))
                        .at("/about/fork")
                        .asText())
                .isEqualTo("parent@12");
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
                                  "languageConsistency": 0.45, "meanTokens": 31.25},
                         "trained": {"pass1": 0.855, "ciLow": 0.83, "ciHigh": 0.88, "n": 1000, "temperature": 1.0,
                                     "languageConsistency": 0.95, "meanTokens": 27.5}}
                        """);
    }

    private static Summary summary() {
        return new Summary(
                7,
                60,
                200.4,
                new Summary.Score(0.2, 0.18, 0.22, 1000, 1, 0.45, 31.25),
                new Summary.Score(0.855, 0.83, 0.88, 1000, 1, 0.95, 27.5));
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
