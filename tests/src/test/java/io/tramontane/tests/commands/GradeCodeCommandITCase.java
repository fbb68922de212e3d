package io.tramontane.tests.commands;

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

class GradeCodeCommandITCase {

    private static final String TESTS =
            "\"tests\": [{\"stdin\": \"2\", \"stdout\": \"4\"}, {\"stdin\": \"3\", \"stdout\": \"6\"}]}\n";

    private final StringWriter out = new StringWriter();
    private final StringWriter error = new StringWriter();
    private final CommandLine commands = Tramontane.commandLine(new PrintWriter(out), new PrintWriter(error));

    @TempDir
    private Path directory;

    @Test
    void verdictsComeInTheOrderOfTheLines() throws IOException {
        Path input = Files.writeString(
                directory.resolve("submissions.jsonl"),
                "{\"id\": 1, \"language\": \"python\", \"source\": \"import time; time.sleep(1); print(2 * int(input()))\", "
                        + TESTS
                        + "{\"id\": \"b\", \"completion\": \"<think>x</think>```py\\nprint(4)\\n```\\n\", " + TESTS
                        + "{\"id\": 3, \"language\": \"fortran\", \"source\": \"\", " + TESTS
                        + "{\"id\": 4, \"language\": \"python\", \"source\": \"\", \"tests\": 5}\n");
        Path output = directory.resolve("verdicts.jsonl");

        assertThat(commands.execute(
                        "grade", "code", "--threads", "2", "--input", input.toString(), "--output", output.toString()))
                .as(error.toString())
                .isZero();

        assertThat(Files.readAllLines(output))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("{\"id\":1,\"verdict\":\"CORRECT\",\"reason\":\"passed all 2 tests\","
                                        + "\"tests\":[{\"verdict\":\"CORRECT\",\"cpu-millis\":"),
                        line -> assertThat(line)
                                .startsWith(
                                        "{\"id\":\"b\",\"verdict\":\"WRONG\",\"reason\":\"test 2 of 2: wrong answer on"
                                                + " line 1: expected '6', got '4'\""),
                        line -> assertThat(line).startsWith("{\"id\":3,\"verdict\":\"UNGRADABLE\""),
                        line -> assertThat(line).startsWith("{\"id\":4,\"verdict\":\"UNGRADABLE\""));
        assertThat(error.toString()).startsWith("4 graded: CORRECT 1, WRONG 1, UNGRADABLE 2;");
    }

    @Test
    void aLineWithoutAProgramIsOneLineOfError() throws IOException {
        Path input = Files.writeString(directory.resolve("submissions.jsonl"), "{\"id\": 1, " + TESTS);

        assertThat(commands.execute("grade", "code", "--input", input.toString()))
                .isEqualTo(1);

        assertThat(error.toString().lines())
                .containsExactly("tramontane: " + input + ", line 1: 'source' or 'completion' must be given");
    }
}
