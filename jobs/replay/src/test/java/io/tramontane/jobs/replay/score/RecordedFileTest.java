package io.tramontane.jobs.replay.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tramontane.jobs.data.dataset.DatasetException;
import io.tramontane.jobs.replay.score.RecordedProblem.RecordedCompletion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordedFileTest {

    @TempDir
    private Path directory;

    @Test
    void readsProblemsWithAndWithoutTheOptionalParts() throws IOException {
        Path file = write("""
                {"id": "a", "problem": "1+1?", "answer": "2", "language": "en", "extra": [],
                """.strip() + """
                 "completions": [{"model": "m", "text": "A: 2", "is_correct": true}, {"text": "A: 3"}]}

                {"id": 7, "problem": "2+2?", "answer": 4, "completions": [{"text": ""}]}
                """);

        assertThat(RecordedFile.read(file))
                .containsExactly(
                        new RecordedProblem(
                                "a",
                                "en",
                                "1+1?",
                                "2",
                                "",
                                List.of(
                                        new RecordedCompletion("m", "A: 2", Optional.of(true)),
                                        new RecordedCompletion("", "A: 3", Optional.empty()))),
                        new RecordedProblem(
                                "7", "", "2+2?", "4", "", List.of(new RecordedCompletion("", "", Optional.empty()))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            nonsense                                                                    | not JSON
            {"id": "b", "problem": "p", "answer": "1"}                                  | 'completions' must be a list
            {"id": "b", "problem": "p", "answer": "1", "completions": []}               | 'completions' must be a list
            {"id": "b", "problem": "p", "answer": "1", "completions": [{"model": "m"}]} | 'text' must be a text
            {"id": "b", "answer": "1", "completions": [{"text": "t"}]}                  | 'problem' must be a text
            {"id": "a", "problem": "p", "answer": "1", "completions": [{"text": "t"}]}  | the id 'a' occurs a second time
            """)
    void namesTheLineThatIsNotAsItMustBe(String line, String message) throws IOException {
        Path file =
                write("{\"id\": \"a\", \"problem\": \"p\", \"answer\": \"1\", \"completions\": [{\"text\": \"t\"}]}\n"
                        + line);

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> RecordedFile.read(file))
                .withMessageStartingWith(file + ", line 2: " + message);
    }

    @Test
    void namesTheFileThatCannotBeRead() throws IOException {
        Path none = directory.resolve("none.jsonl");
        Path empty = write("\n");
        Path latin = Files.write(directory.resolve("latin.jsonl"), "é".getBytes(StandardCharsets.ISO_8859_1));

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> RecordedFile.read(none))
                .withMessage("there are no recorded completions at " + none);
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> RecordedFile.read(empty))
                .withMessage(empty + ": no completions in it");
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> RecordedFile.read(latin))
                .withMessage(latin + ": not UTF-8");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("recorded.jsonl"), text);
    }
}
