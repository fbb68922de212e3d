package io.tramontane.jobs.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tramontane.jobs.config.ConfigLoader;
import io.tramontane.jobs.config.TramontaneConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class SuiteTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @FieldSource("io.tramontane.jobs.comparison.Suite#SHIPPED")
    void shippedSuitesHaveValidSettings(String name) {
        Suite suite = Suite.of(name);

        assertThat(suite.question()).endsWith("?");
        assertThat(suite.variants()).extracting(Variant::name).doesNotHaveDuplicates();
        for (Variant variant : suite.variants()) {
            ConfigLoader<TramontaneConfig> loader = TramontaneConfig.loader();
            suite.settings().forEach(loader::set);
            variant.overrides().forEach(loader::set);
            assertThat(loader.load()).isNotNull();
        }
    }

    @Test
    void readsAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("suite.yaml"), """
                title: Rates
                settings: {training.maximum-steps: 20}
                variants:
                  default: {}
                  fast: {training.optimizer.learning-rate: 1e-3, reward.language.languages: [en, fr]}
                """);

        assertThat(Suite.of(file.toString()))
                .isEqualTo(new Suite(
                        "Rates",
                        "",
                        "",
                        List.of("training.maximum-steps=20"),
                        List.of(
                                new Variant("default", List.of()),
                                new Variant(
                                        "fast",
                                        List.of(
                                                "training.optimizer.learning-rate=0.001",
                                                "reward.language.languages=[\"en\",\"fr\"]")))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            variants: {}                     | 'variants' must hold one variant at least
            variant: {a: {}}                 | 'variant' is not one of title, question
            variants: {a: 3}                 | variants.a must hold settings
            title: [                         | not YAML
            """)
    void namesWhatIsWrong(String text, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("suite.yaml"), text);
        assertThatThrownBy(() -> Suite.of(file.toString()))
                .isInstanceOf(SuiteException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
    }

    @Test
    void namesTheShippedSuitesWhenThereIsNoSuchFile() {
        assertThatThrownBy(() -> Suite.of("langauge"))
                .isInstanceOf(SuiteException.class)
                .hasMessageContaining("there is no suite langauge")
                .hasMessageContaining("language, asynchrony");
    }
}
