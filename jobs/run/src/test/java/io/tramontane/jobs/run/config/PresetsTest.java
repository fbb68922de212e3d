package io.tramontane.jobs.run.config;

import static io.tramontane.jobs.run.config.Assignments.load;
import static io.tramontane.jobs.run.config.Assignments.problems;
import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.jobs.kernel.config.ConfigWriter;
import io.tramontane.policy.objective.AdvantageNormalisation;
import io.tramontane.policy.objective.composition.DivisorChoice;
import io.tramontane.policy.objective.loss.GrpoLoss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PresetsTest {

    @TempDir
    private Path folder;

    @Test
    void aPresetTakesThePlaceOfDefaults() {
        TramontaneConfig dapo = load("training.preset=dapo");

        assertThat(dapo.training().loss().type()).isEqualTo("grpo");
        assertThat(dapo.training().loss().divisor()).isEqualTo(DivisorChoice.TOTAL_TOKENS);
        assertThat(dapo.training().loss().options()).isEqualTo(new GrpoLoss.Settings(0.2, 0.28, 0));
        assertThat(dapo.pipeline().batching().normalisation()).isEqualTo(AdvantageNormalisation.GROUP);
    }

    @Test
    void whatAPresetLeavesOpenMayBeSet() {
        TramontaneConfig config = load("training.preset=dr_grpo", "training.loss.constant-divisor=48");

        assertThat(config.training().loss().divisor()).isEqualTo(DivisorChoice.CONSTANT);
        assertThat(config.training().loss().constantDivisor()).isEqualTo(48);
        assertThat(config.pipeline().batching().normalisation()).isEqualTo(AdvantageNormalisation.NONE);
    }

    @Test
    void aSettingThatContradictsItIsRefused() {
        assertThat(problems("training.preset=dapo", "training.loss.clip-high=0.3", "training.loss.type=gspo"))
                .containsExactlyInAnyOrder(
                        "--set training.loss.clip-high=0.3: training.loss.clip-high: contradicts training.preset dapo,"
                                + " which sets it to 0.28; remove the line, or set training.preset to none",
                        "--set training.loss.type=gspo: training.loss.type: contradicts training.preset dapo,"
                                + " which sets it to grpo; remove the line, or set training.preset to none");
    }

    @Test
    void theSameValueIsNoContradiction() {
        assertThat(load("training.preset=dapo", "training.loss.clip-high=2.8E-1", "training.loss.type=grpo"))
                .isEqualTo(load("training.preset=dapo"));
    }

    @Test
    void anUnknownPresetIsRefused() {
        assertThat(problems("training.preset=ppo"))
                .containsExactly(
                        "--set training.preset=ppo: training.preset: must be one of none, dapo, dr_grpo, not 'ppo'");
    }

    @Test
    void aStoredConfigurationWithAPresetIsReadAgain() throws IOException {
        TramontaneConfig config = load("training.preset=dapo");
        Path stored = Files.writeString(folder.resolve("config.yaml"), ConfigWriter.toYaml(config));

        assertThat(TramontaneConfig.loader().stored(stored).load()).isEqualTo(config);
    }
}
