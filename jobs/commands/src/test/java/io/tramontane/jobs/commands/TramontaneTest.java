package io.tramontane.jobs.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.jobs.cli.Tramontane;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class TramontaneTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter error = new StringWriter();
    private final CommandLine commands = Tramontane.commandLine(new PrintWriter(out), new PrintWriter(error));

    @TempDir
    private Path directory;

    static Stream<String> names() {
        return Tramontane.commandLine(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()))
                .getSubcommands()
                .keySet()
                .stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyCommandExplainsItself(String name) {
        assertThat(commands.execute(name, "--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: tramontane " + name).contains("--help");
    }

    @Test
    void withoutACommandAllAreNamed() {
        assertThat(commands.execute()).isZero();
        assertThat(out.toString()).contains(names().toList());
    }

    @Test
    void anUnknownCommandIsOneLineAndAHint() {
        assertThat(commands.execute("rnu")).isEqualTo(2);
        assertThat(error.toString().lines())
                .containsExactly("tramontane: Unmatched argument at index 0: 'rnu'", "See 'tramontane --help'.");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aFailureIsOneLineAndNoStackTrace() {
        Path nowhere = directory.resolve("none");

        assertThat(commands.execute("docs", "--output", nowhere.toString())).isEqualTo(1);

        assertThat(error.toString().lines())
                .containsExactly("tramontane: " + nowhere.resolve("jobs/CONFIGURATION.md")
                        + ": there is no such file or folder");
    }

    @Test
    void verboseAddsTheStackTrace() {
        commands.execute("--verbose", "docs", "--output", directory.toString());

        assertThat(error.toString()).contains("\tat io.tramontane.jobs.commands.DocsCommand.call");
    }
}
