package io.tramontane.jobs.run.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.jobs.kernel.config.ConfigWriter;
import io.tramontane.policy.objective.loss.GrpoLoss;
import io.tramontane.rewards.language.LanguageSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Configurations as runs of each release have stored them, one file a release, with a value of its own for many keys. A
 * run of that release is resumed, replayed and forked from it, so it must remain readable forever: a key that is
 * renamed or retired goes into {@code former-keys.yaml}.
 */
class StoredConfigurationsTest {

    private static final Path STORED = Path.of("src", "test", "resources", "configurations");

    static List<Path> releases() throws IOException {
        try (Stream<Path> files = Files.list(STORED)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("releases")
    void isReadAndWrittenAgain(Path file) {
        TramontaneConfig config = TramontaneConfig.loader().stored(file).load();

        assertThat(config.run().id()).isEqualTo("stored");
        assertThat(ConfigWriter.flat(config))
                .isNotEqualTo(ConfigWriter.flat(TramontaneConfig.loader().load()));
    }

    @Test
    void theValuesOfTheFirstReleaseKeepTheirMeaning() {
        TramontaneConfig config =
                TramontaneConfig.loader().stored(STORED.resolve("0.1.0.yaml")).load();

        assertThat(config.run().seed()).isEqualTo(7);
        assertThat(config.flink().properties()).containsEntry("taskmanager.numberOfTaskSlots", "2");
        assertThat(config.reward().custom()).isEmpty();
        assertThat(config.reward()
                        .settings(LanguageSettings.class)
                        .orElseThrow()
                        .languages())
                .containsExactly("en", "fr");
        assertThat(config.pipeline().scheduling().groupSize()).isEqualTo(8);
        assertThat(config.training().loss().type()).isEqualTo("grpo");
        assertThat(config.training().loss().options()).isEqualTo(new GrpoLoss.Settings(0.2, 0.28, 10));
        assertThat(config.training().arithmetic()).isEqualTo(1);
        assertThat(config.curriculum().stages()).hasSize(2);
        assertThat(config.page().enabled()).isFalse();
    }
}
