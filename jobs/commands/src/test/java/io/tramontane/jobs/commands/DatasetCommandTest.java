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

class DatasetCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter error = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void saysWhatIsInAFile() throws IOException {
        Path file = write("{\"question\": \"How many?\", \"answer\": \"#### 5\", \"level\": 2}\n"
                + "{\"question\": \"And now?\", \"answer\": \"#### 6\"}\n");

        assertThat(execute("--set", "dataset.prompt-template=Q: {problem}", file.toString()))
                .isZero();

        assertThat(out.toString().lines())
                .containsExactly(
                        "format     gsm8k  " + file,
                        "problems   2",
                        "verifiers  2 math",
                        "languages  2 not said",
                        "",
                        "The first problem, problems-1, as the policy reads it:",
                        "Q: How many?",
                        "",
                        "Its reference: 5",
                        "",
                        "Other fields: {\"level\":2}");
        assertThat(error.toString()).isEmpty();
    }

    @Test
    void namesEveryRowThatIsWrongAndFails() throws IOException {
        Path file = write("{\"question\": \"How many?\", \"answer\": \"#### 5\"}\n{}\n{\"question\": \"?\"}\n");

        assertThat(execute(file.toString())).isEqualTo(1);

        assertThat(out.toString()).contains("problems   1");
        assertThat(error.toString().lines())
                .containsExactly(
                        file + ", line 2: no 'question'",
                        file + ", line 2: no 'answer'",
                        file + ", line 3: no 'answer'");
    }

    @Test
    void theFormatCanBeGiven() throws IOException {
        Path file = write("{\"problem\": \"?\", \"answer\": 1}\n");

        assertThat(execute("--format", "tramontane", file.toString())).isEqualTo(1);
        assertThat(error.toString().lines()).containsExactly(file + ", line 1: no 'id'");
    }

    @Test
    void anUnknownFormatIsNamedWithTheKnownOnes() throws IOException {
        assertThat(execute("--format", "csv", write("{}").toString())).isEqualTo(2);

        assertThat(error.toString())
                .startsWith("tramontane: --format: dataset.format: must be one of automatic, live-code-bench, ");
    }

    @Test
    void aTemplateWithoutAPlaceForTheProblemIsRefused() throws IOException {
        assertThat(execute(
                        "--set", "dataset.prompt-template=Solve!", write("{}").toString()))
                .isEqualTo(2);

        assertThat(error.toString())
                .startsWith("tramontane: ")
                .contains("dataset: prompt-template must have {problem} in it, where the problem goes");
    }

    @Test
    void aFileWithNothingToUseFails() throws IOException {
        Path file = write("{\"problem\": \"?\", \"answer\": \"proof\"}\n");

        assertThat(execute(file.toString())).isEqualTo(1);

        assertThat(out.toString()).contains("left out   1 (a proof)");
        assertThat(error.toString().lines()).containsExactly("tramontane: " + file + ": no problem in it can be used");
    }

    private int execute(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "dataset";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Tramontane.commandLine(new PrintWriter(out), new PrintWriter(error))
                .execute(all);
    }

    private Path write(String content) throws IOException {
        return Files.writeString(directory.resolve("problems.jsonl"), content);
    }
}
