package io.tramontane.jobs.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemSetTest {

    private static final String GOOD =
            "{\"id\": \"a\", \"problem\": \"1 + 1?\", \"answer\": \"2\", \"language\": \"en\"}";

    @TempDir
    Path directory;

    @Test
    void readsProblemsInTheirOrder() throws IOException {
        Path file = write(GOOD + "\n\n{\"id\": 7, \"problem\": \"2 + 2?\", \"answer\": 4, \"other\": []}\n");

        assertThat(ProblemSet.read(file).problems())
                .containsExactly(new Problem("a", "en", "1 + 1?", "2", ""), new Problem("7", "", "2 + 2?", "4", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"id\": \"b\", \"problem\": \"?\"}|no 'answer'",
                "{\"problem\": \"?\", \"answer\": \"1\"}|no 'id'",
                "{\"id\": \"b\", \"problem\": \"\", \"answer\": \"1\"}|'problem' is empty",
                "{\"id\": \"b\", \"problem\": [], \"answer\": \"1\"}|'problem' must be a text or a number",
                "{\"id\": \"a\", \"problem\": \"?\", \"answer\": \"1\"}|the id 'a' is already on line 1",
                "{\"id\": \"b\", \"prob|not JSON",
                "{} {}|not JSON",
                "[1]|not a JSON object",
            })
    void namesFileAndLineOfWhatIsWrong(String line, String message) throws IOException {
        Path file = write(GOOD + "\n" + line + "\n");

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> ProblemSet.read(file))
                .withMessageStartingWith(file + ", line 2: " + message);
    }

    @Test
    void missingEmptyAndBinaryFilesAreRefused() throws IOException {
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> ProblemSet.read(directory.resolve("none.jsonl")))
                .withMessage("no dataset at " + directory.resolve("none.jsonl"));
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> ProblemSet.read(write("\n")))
                .withMessageEndingWith("no problems in it");
        Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xc3, (byte) 0x28});
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> ProblemSet.read(binary))
                .withMessage(binary + ": not UTF-8");
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> ProblemSet.read(directory))
                .withMessageStartingWith("cannot read the dataset " + directory);
    }

    @Test
    void idsAreUnique() {
        Problem problem = new Problem("a", "en", "1 + 1?", "2", "");

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> new ProblemSet(List.of(problem, problem)))
                .withMessageContaining("'a' occurs twice");
    }

    private Path write(String content) throws IOException {
        return Files.writeString(directory.resolve("problems.jsonl"), content);
    }
}
