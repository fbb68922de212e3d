package io.tramontane.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tramontane.jobs.kernel.config.ConfigLoader;
import io.tramontane.jobs.kernel.config.ConfigWriter;
import io.tramontane.jobs.page.comparison.Suite;
import io.tramontane.jobs.page.comparison.Variant;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.policy.objective.AdvantageNormalisation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordedSuiteTest {

    @TempDir
    private Path folder;

    /** As a run of the first arithmetic has stored them, with an objective and an optimizer of its own. */
    private static ConfigLoader<TramontaneConfig> run() {
        return TramontaneConfig.loader()
                .set("run.id=recorded")
                .set("training.arithmetic=1")
                .set("training.maximum-steps=7")
                .set("training.loss.clip-high=0.4")
                .set("training.optimizer.learning-rate=1e-4")
                .set("pipeline.batching.normalisation=group");
    }

    @Test
    void everyObjectiveThatShipsIsThatOfANewRun() throws IOException {
        Map<Variant, TramontaneConfig> configs = configs(Suite.of("objectives"));

        assertThat(configs.keySet())
                .extracting(Variant::name)
                .containsExactly(
                        "grpo", "reinforce", "cispo", "gspo", "icepop", "dppo", "dapo", "dr_grpo", "rloo", "max_rl");
        configs.forEach((variant, config) -> {
            ConfigLoader<TramontaneConfig> live = TramontaneConfig.loader();
            variant.overrides().forEach(live::set);
            TramontaneConfig fresh = live.load();
            assertThat(config.training().loss())
                    .as(variant.name())
                    .isEqualTo(fresh.training().loss());
            assertThat(config.pipeline().advantage()).isEqualTo(fresh.pipeline().advantage());
            assertThat(config.pipeline().batching()).isEqualTo(fresh.pipeline().batching());
            assertThat(config.training().arithmetic()).isEqualTo(2);
            assertThat(config.training().maximumSteps()).as("those of the run").isEqualTo(7);
            assertThat(config.training().optimizer().learningRate()).isEqualTo(1e-4);
            assertThat(config.run().id()).isEqualTo("recorded");
        });
        assertThat(configs.values())
                .extracting(config -> config.pipeline().batching().normalisation())
                .filteredOn(AdvantageNormalisation.NONE::equals)
                .hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "language, without, reward.language.weight",
        "asynchrony, sync, pipeline.scheduling.mode",
        "staleness, at most 4, pipeline.staleness.maximum-lag",
        "batch, 'batch 128, 4 in flight', pipeline.batching.completions-per-batch"
    })
    void whatWouldNeedOtherRolloutsIsRefusedByName(String suite, String variant, String key) {
        assertThatThrownBy(() -> configs(Suite.of(suite)))
                .isInstanceOf(ReplayException.class)
                .hasMessageStartingWith("variant '" + variant + "' changes " + key + ", ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void theNumberOfStepsIsTheRuns() {
        Suite suite =
                new Suite("", "", "", List.of(), List.of(new Variant("longer", List.of("training.maximum-steps=9"))));

        assertThatThrownBy(() -> configs(suite))
                .isInstanceOf(ReplayException.class)
                .hasMessageContaining("'longer' changes training.maximum-steps");
    }

    private Map<Variant, TramontaneConfig> configs(Suite suite) throws IOException {
        TramontaneConfig original = run().load();
        Path file = Files.writeString(folder.resolve("config.yaml"), ConfigWriter.toYaml(original));
        return RecordedSuite.of(
                suite, original, variant -> TramontaneConfig.loader().stored(file, RecordedSuite.OBJECTIVE));
    }
}
