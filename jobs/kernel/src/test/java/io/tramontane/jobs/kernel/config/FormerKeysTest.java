package io.tramontane.jobs.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tramontane.jobs.kernel.flink.FlinkSettings;
import io.tramontane.jobs.kernel.folder.RunSettings;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormerKeysTest {

    private static final String LIST = """
            engine.subtasks: {now: flink.parallelism}
            run.luck: {retired: "a run has a seed"}
            flink.port: {now: flink.web-port}
            flink.restart-attempts: {before: 7}
            """;

    @TempDir
    private Path folder;

    /** Sections enough to try it. */
    record Sections(RunSettings run, FlinkSettings flink) {}

    @Test
    void aStoredConfigurationIsReadUnderTodaysNames() throws IOException {
        Sections config = loader().stored(file("""
                        engine: {subtasks: 3}
                        run: {luck: 7, seed: 5}
                        flink: {port: 8081, parallelism: 3}
                        """)).load();

        assertThat(config.flink().parallelism()).isEqualTo(3);
        assertThat(config.flink().webPort()).isEqualTo(8081);
        assertThat(config.run().seed()).isEqualTo(5);
    }

    @Test
    void aPartOfAStoredConfigurationMayBeLeftOut() throws IOException {
        Path file = file("""
                        engine: {subtasks: 3}
                        run: {seed: 5}
                        flink: {web-port: 8081}
                        """);

        Sections config = loader().stored(file, List.of("run", "flink.web-port", "no.such"))
                .load();

        assertThat(config.run().seed()).as("the default").isNotEqualTo(5);
        assertThat(config.flink().webPort()).as("the default").isNotEqualTo(8081);
        assertThat(config.flink().parallelism()).isEqualTo(3);
    }

    @Test
    void whatCameLaterHasTheMeaningThatItHadBefore() throws IOException {
        assertThat(loader().stored(file("run: {seed: 5}")).load().flink().restartAttempts())
                .isEqualTo(7);
        assertThat(loader().stored(file("flink: {restart-attempts: 1}"))
                        .load()
                        .flink()
                        .restartAttempts())
                .isEqualTo(1);
        assertThat(loader().file(file("run: {seed: 5}")).load().flink().restartAttempts())
                .as("for a new run the default")
                .isEqualTo(3);
    }

    @Test
    void aUserIsShownWhatToWrite() throws IOException {
        ConfigLoader<Sections> loader = loader().file(file("""
                        engine:
                          subtasks: 3
                        run:
                          luck: 7
                        """)).set("flink.port=1");

        assertThat(catchThrowableOfType(ConfigException.class, loader::load).problems())
                .containsExactly(
                        "my.yaml:2: engine.subtasks: is now flink.parallelism; write that",
                        "my.yaml:4: run.luck: is no longer a setting: a run has a seed; remove the line",
                        "--set flink.port=1: flink.port: is now flink.web-port; write that");
    }

    @Test
    void anEntryThatSaysNothingIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> formerKeys("run.luck: {}"))
                .withMessageContaining("run.luck");
    }

    private static ConfigLoader<Sections> loader() {
        return new ConfigLoader<>(Sections.class, config -> List.of(), ConfigLoader.defaults(), formerKeys(LIST));
    }

    private static FormerKeys formerKeys(String yaml) {
        List<ConfigProblem> problems = new ArrayList<>();
        FormerKeys keys = new FormerKeys(ConfigYaml.readResource("former", new StringReader(yaml), problems));
        assertThat(problems).isEmpty();
        return keys;
    }

    private Path file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("my.yaml"), yaml);
    }
}
