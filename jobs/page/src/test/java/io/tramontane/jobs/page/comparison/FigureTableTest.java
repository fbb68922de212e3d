package io.tramontane.jobs.page.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FigureTableTest {

    private static final Variant GRPO = new Variant("grpo", List.of());
    private static final Variant MAX_RL = new Variant("max_rl", List.of("pipeline.advantage.type=max_rl"));
    private static final Suite SUITE = new Suite("Objectives", "Which?", "", List.of(), List.of(GRPO, MAX_RL));

    @TempDir
    private Path output;

    private ComparisonFolder folder;

    @BeforeEach
    void liveAndReplayed() throws IOException {
        folder = new ComparisonFolder(output);
        write(folder.run(GRPO, 1), 0.9, 20, 1);
        write(folder.run(GRPO, 2), 0.8, 20, 1);
        write(folder.recorded("r1"), 0.85, 20, 1);
        write(folder.replay("r1", GRPO), 0.84, 20, 1);
        write(folder.replay("r1", MAX_RL), 0.7, 20, 2);
        Files.createDirectories(output.resolve("replays-of-r1/gspo.unfinished"));
    }

    @Test
    void liveAndReplayedStandSideBySideAfterTheRecordedRun() throws IOException {
        assertThat(table().rows())
                .containsExactly(
                        row("r1", "recorded run", "85.0% [83.0, 87.0]", "80.0%", 1),
                        row("grpo", "live, 2 seeds", "85.0% [80.0, 90.0]", "80.0% [80.0, 80.0]", 1),
                        row("grpo", "replay of r1", "84.0% [82.0, 86.0]", "80.0%", 1),
                        row("max_rl", "replay of r1", "70.0% [68.0, 72.0]", "80.0%", 2));
    }

    /** Of steps 19 and 20; the largest ratio of a step is its number. */
    private static List<String> row(String name, String how, String passAt1, String language, int factor) {
        return List.of(
                name,
                how,
                passAt1,
                language,
                "1.000",
                String.format(Locale.ROOT, "%.2f", factor * 19.5),
                "90.0%",
                "0.00100",
                "1.00%",
                "–",
                "0.500",
                "–");
    }

    @Test
    void theTextHasColumnsAndTheMarkdownIsATable() throws IOException {
        List<String> text = table().text().lines().toList();
        assertThat(text).hasSize(1 + 4 + 2);
        assertThat(text.get(0)).startsWith("variant  how").endsWith("gradient norm");
        assertThat(text.get(4).indexOf("70.0%")).isEqualTo(text.get(0).indexOf("pass@1"));

        assertThat(table().markdown(SUITE))
                .startsWith("# Objectives\n\n| variant | how | pass@1 |")
                .contains("\n| max_rl | replay of r1 | 70.0% [68.0, 72.0] | 80.0% | 1.000 | 39.00 |")
                .endsWith(FigureTable.CAVEAT + "\n");
    }

    @Test
    void thePageComparesReplaysWithTheRecordedRunAndLiveRunsWithEachOther() throws IOException {
        String page = new ComparisonPage(SUITE, 0.8).render(live(), lines());

        assertThat(page)
                .contains("grpo (live, 2 seeds)", "max_rl (replay of r1)", "Largest importance ratio", "KL estimate")
                .contains(FigureTable.CAVEAT);
        // Each of two replays has six curves beside the recorded run's; the reward is not its own.
        assertThat(page.split("\"reference\":\\[\\[", -1)).hasSize(1 + 2 * 6);
    }

    private FigureTable table() throws IOException {
        return new FigureTable(lines());
    }

    private List<ComparedRuns> lines() throws IOException {
        return ComparedRuns.in(folder, SUITE, live(), 0.8);
    }

    private Map<Variant, Map<Long, RunOutcome>> live() throws IOException {
        Map<Long, RunOutcome> seeds = new LinkedHashMap<>();
        seeds.put(1L, RunOutcome.read(folder.run(GRPO, 1), 0.8));
        seeds.put(2L, RunOutcome.read(folder.run(GRPO, 2), 0.8));
        return Map.of(GRPO, seeds);
    }

    private static void write(Path run, double passAt1, int steps, int factor) throws IOException {
        Files.createDirectories(run);
        StringBuilder metrics = new StringBuilder();
        for (int step = 1; step <= steps; step++) {
            metrics.append(String.format(
                    Locale.ROOT,
                    "{\"step\": %d, \"rewardMean\": 0.5, \"ratioMean\": 1, \"ratioMaximum\": %d,"
                            + " \"effectiveSampleShare\": 0.9, \"klEstimate\": 0.001, \"clipFraction\": 0.01,"
                            + " \"maskedFraction\": \"NaN\", \"entropy\": 0.5}%n",
                    step,
                    factor * step));
        }
        Files.writeString(run.resolve("metrics.jsonl"), metrics);
        Files.writeString(
                run.resolve("summary.json"),
                String.format(
                        Locale.ROOT,
                        "{\"trained\": {\"pass1\": %f, \"ciLow\": %f, \"ciHigh\": %f, \"languageConsistency\": 0.8}}",
                        passAt1,
                        passAt1 - 0.02,
                        passAt1 + 0.02));
    }
}
