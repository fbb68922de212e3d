package io.tramontane.tests.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tramontane.jobs.kernel.config.ConfigException;
import io.tramontane.jobs.kernel.config.ConfigWriter;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.rewards.custom.CustomSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings of a component that a user put on the class path: the example of the rewards, {@code word-limit}. */
class CustomComponentSettingsTest {

    @TempDir
    private Path directory;

    @Test
    void elementsOfAListOfSectionsHaveDefaultsAndTypes() throws IOException {
        TramontaneConfig config = load("""
                reward:
                  custom:
                    - {name: brevity, component: word-limit, weight: 0.25, options: {maximum: 50}}
                    - name: wordiness
                      component: word-limit
                      weight: -1
                      enabled: false
                      options:
                        maximum: 7
                """);

        assertThat(load(ConfigWriter.toYaml(config))).isEqualTo(config);
        assertThat(config.reward().custom())
                .containsExactly(
                        new CustomSettings("brevity", "word-limit", 0.25, true, new TreeMap<>(Map.of("maximum", "50"))),
                        new CustomSettings(
                                "wordiness", "word-limit", -1.0, false, new TreeMap<>(Map.of("maximum", "7"))));
    }

    @Test
    void customComponentsThatCannotBeMadeAreNamed() throws IOException {
        assertThat(problems("""
                reward:
                  custom:
                    - {name: language, component: word-limit, weight: 1, options: {maximum: 5}}
                    - {name: lost, component: word-limits, weight: 1}
                    - name: odd
                      component: word-limit
                      weight: 1
                      options:
                        maximum: 5
                        minimum: 3
                    - {name: vague, component: word-limit, weight: 1, options: {maximum: few}}
                    - {name: odd, component: word-limit, weight: 1, options: {maximum: 5}}
                """))
                .containsExactly(
                        "my.yaml:3: reward.custom[0].name: there is a component 'language' already; choose another name",
                        "my.yaml:4: reward.custom[1].component: there is no component 'word-limits' on the class path;"
                                + " there are hanging, language, length, moody, word-limit",
                        "my.yaml:10: reward.custom[2].options.minimum: unknown option of word-limit; it takes maximum",
                        "my.yaml:11: reward.custom[3].options: maximum must be a whole number above 0, not 'few'",
                        "my.yaml:12: reward.custom[4].name: there is a component 'odd' already; choose another name");
    }

    private TramontaneConfig load(String yaml) throws IOException {
        return TramontaneConfig.loader().file(write(yaml)).load();
    }

    private List<String> problems(String yaml) throws IOException {
        Path file = write(yaml);
        return catchThrowableOfType(
                        ConfigException.class,
                        () -> TramontaneConfig.loader().file(file).load())
                .problems();
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(directory.resolve("my.yaml"), yaml);
    }
}
