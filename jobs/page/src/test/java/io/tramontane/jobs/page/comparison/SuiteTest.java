package io.tramontane.jobs.page.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuiteTest {

    @TempDir
    private Path folder;

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
                                                "training.optimizer.learning-rate=1e-3",
                                                "reward.language.languages=[\"en\",\"fr\"]")))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            variants: {}                     | 'variants' must hold one variant at least
            variant: {a: {}}                 | 'variant' is not one of title, question
            variants: {a: 3}                 | variants.a must hold settings
            title: [                         | .yaml:1: not YAML: expected the node content, but found '<stream end>'
            {title: a, title: b}             | .yaml:1: 'title' stands here a second time
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
