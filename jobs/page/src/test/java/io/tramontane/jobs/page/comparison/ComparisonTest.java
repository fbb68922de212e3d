package io.tramontane.jobs.page.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tramontane.jobs.page.comparison.RunOutcome.Measured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {

    private static final Measured BASE = new Measured(0.2, 0.18, 0.22, 0.4);
    private static final Measured TRAINED = new Measured(0.9, 0.88, 0.92, 0.95);

    @TempDir
    private Path run;

    @Test
    void aVariantHasANameAndSettings() {
        assertThat(Variant.parse("plain")).isEqualTo(new Variant("plain", List.of()));
        assertThat(Variant.parse("fast:training.optimizer.learning-rate=1e-3,run.seed=2"))
                .isEqualTo(new Variant("fast", List.of("training.optimizer.learning-rate=1e-3", "run.seed=2")));
        assertThatThrownBy(() -> Variant.parse("fast:seed"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'seed' is not key=value");
    }

    @Test
    void theTimeToARewardIsTheEndOfTheFirstWindowThatReachesIt() throws IOException {
        write(0.1, 0.2, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9);

        assertThat(RunOutcome.read(run, 0.7).secondsToReward()).hasValue(6);
        assertThat(RunOutcome.read(run, 0.95).secondsToReward()).isEmpty();
    }

    @Test
    void aRunIsReadFromItsFolder() throws IOException {
        write(0.1, 0.2, 0.3, 0.4, 0.5);

        RunOutcome outcome = RunOutcome.read(run, 0.8);

        assertThat(outcome.steps()).hasSize(5);
        assertThat(outcome)
                .usingRecursiveComparison()
                .ignoringFields("steps")
                .isEqualTo(new RunOutcome(BASE, TRAINED, 160, 50, OptionalDouble.empty(), 0.01, List.of()));
    }

    @Test
    void theTableHasALineARunAndTheMeansOfSeveralSeeds() {
        Map<Long, RunOutcome> bySeed = new LinkedHashMap<>();
        bySeed.put(1L, new RunOutcome(BASE, TRAINED, 160, 50, OptionalDouble.of(60), 0.01, List.of()));
        bySeed.put(
                2L,
                new RunOutcome(
                        new Measured(0.3, 0, 0, 0.5),
                        new Measured(0.8, 0.78, 0.82, 0.85),
                        140,
                        60,
                        OptionalDouble.of(80),
                        0.03,
                        List.of()));

        String table = new ComparisonTable(0.8).render(Map.of(new Variant("default", List.of()), bySeed));

        assertThat(table.lines().toList()).hasSize(4);
        assertThat(table.lines().skip(3).findFirst().orElseThrow().split("\\s+"))
                .containsExactly(
                        "default", "mean", "25.0%", "85.0%", "+60.0", "45.0%", "90.0%", "150", "55", "70.0", "2.0%");
    }

    @Test
    void thePageHasMeansSpreadsAndCurvesAgainstTheFirstVariant() throws IOException {
        write(0.1, 0.2, 0.3, 0.4, 0.5);
        RunOutcome outcome = RunOutcome.read(run, 0.3);
        Map<Variant, Map<Long, RunOutcome>> outcomes = new LinkedHashMap<>();
        outcomes.put(new Variant("first", List.of()), Map.of(1L, outcome, 2L, outcome));
        outcomes.put(new Variant("a < b", List.of("reward.length.weight=0")), Map.of(1L, outcome));

        Suite suite = new Suite("Length penalty", "", "", List.of(), List.copyOf(outcomes.keySet()));
        String page = new ComparisonPage(suite, 0.3)
                .render(outcomes, ComparedRuns.in(new ComparisonFolder(run), suite, outcomes, 0.3));

        assertThat(page)
                .contains(
                        "<title>Tramontane: Length penalty</title>",
                        "seconds to 0.30",
                        "90.0% \\u00B1 0.0",
                        "a \\u003c b",
                        "reward.length.weight=0")
                .containsOnlyOnce("\"reference\":[[1.0,");
    }

    @Test
    void theSpreadIsThatOfASample() {
        List<RunOutcome> runs = List.of(withPass1(0.8), withPass1(0.9), withPass1(1.0));

        assertThat(Spread.of(runs, RunOutcome::trainedPass1).mean()).isCloseTo(0.9, within(1e-12));
        assertThat(Spread.of(runs, RunOutcome::trainedPass1).deviation()).isCloseTo(0.1, within(1e-12));
        assertThat(Spread.of(runs, RunOutcome::trainedPass1).percent()).isEqualTo("90.0% ± 10.0");
    }

    private static RunOutcome withPass1(double pass1) {
        return new RunOutcome(BASE, new Measured(pass1, 0, 0, 0), 0, 0, OptionalDouble.empty(), 0, List.of());
    }

    private void write(double... rewards) throws IOException {
        Files.writeString(run.resolve("summary.json"), """
                {"seed": 1, "steps": 5, "wallSeconds": 160,
                 "base": {"pass1": 0.2, "ciLow": 0.18, "ciHigh": 0.22, "languageConsistency": 0.4},
                 "trained": {"pass1": 0.9, "ciLow": 0.88, "ciHigh": 0.92, "languageConsistency": 0.95}}
                """);
        StringBuilder metrics = new StringBuilder();
        for (int step = 1; step <= rewards.length; step++) {
            metrics.append("{\"step\": ").append(step);
            metrics.append(", \"elapsedSeconds\": ").append(step);
            metrics.append(", \"rewardMean\": ").append(rewards[step - 1]);
            metrics.append(", \"completionsPerSecond\": 50, \"generatorIdleFraction\": 0.01}\n");
        }
        Files.writeString(run.resolve("metrics.jsonl"), metrics);
    }
}
