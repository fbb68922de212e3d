package io.tramontane.jobs.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.jobs.cli.Tramontane;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class GradeMathCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter error = new StringWriter();
    private final CommandLine commands = Tramontane.commandLine(new PrintWriter(out), new PrintWriter(error));

    @TempDir
    private Path directory;

    @Test
    void printsVerdictsAndASummaryApart() throws IOException {
        assertThat(commands.execute("grade", "math", "--input", pairs())).isZero();

        assertThat(out.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("{\"id\":\"a\",\"verdict\":\"CORRECT\",\"reason\":"),
                        line -> assertThat(line).startsWith("{\"id\":\"b\",\"verdict\":\"WRONG\",\"reason\":"));
        assertThat(error.toString()).startsWith("2 graded: CORRECT 1, WRONG 1;");
    }

    @Test
    void writesVerdictsIntoAFile() throws IOException {
        Path verdicts = directory.resolve("verdicts.jsonl");

        assertThat(commands.execute("grade", "math", "--input", pairs(), "--output", verdicts.toString()))
                .isZero();

        assertThat(Files.readAllLines(verdicts)).hasSize(2);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aBadLineIsOneLineOfError() throws IOException {
        Path input = Files.writeString(directory.resolve("pairs.jsonl"), "{\"id\": 1, \"gold\": \"2\"}\n");

        assertThat(commands.execute("grade", "math", "--input", input.toString()))
                .isEqualTo(1);

        assertThat(error.toString().lines())
                .containsExactly("tramontane: " + input + ", line 1: 'pred' must be a text or a number");
    }

    @Test
    void aWrongSettingIsNamed() throws IOException {
        assertThat(commands.execute("grade", "math", "--input", pairs(), "--set", "reward.maths=1"))
                .isEqualTo(2);

        assertThat(error.toString()).contains("reward.maths: unknown key");
    }

    private String pairs() throws IOException {
        return Files.writeString(directory.resolve("pairs.jsonl"), """
                {"id": "a", "gold": "1/2", "pred": "0.5"}
                {"id": "b", "gold": "1/2", "pred": "0.25"}
                """).toString();
    }
}
