package io.tramontane.jobs.data.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.groups.Tuple.tuple;

import io.tramontane.jobs.data.dataset.ReadingRules.WrongRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds for every format; the formats themselves are in {@link FormatsTest}. */
class DatasetReaderTest {

    private static final String GOOD =
            "{\"id\": \"a\", \"problem\": \"1 + 1?\", \"answer\": \"2\", \"language\": \"en\"}";

    @TempDir
    Path directory;

    @Test
    void readsProblemsInTheirOrder() throws IOException {
        Path file = write(GOOD + "\n\n{\"id\": 7, \"problem\": \"2 + 2?\", \"answer\": 4, \"other\": []}\n");

        assertThat(problems(file).problems())
                .containsExactly(
                        new Problem("a", "en", "1 + 1?", "2", ""),
                        new Problem("7", "", "2 + 2?", "4", "", "{\"other\":[]}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"id\": \"b\", \"problem\": \"?\"}|no 'answer'",
                "{\"id\": \"b\", \"problem\": \"?\", \"answer\": null}|no 'answer'",
                "{\"problem\": \"?\", \"answer\": \"1\"}|no 'id'",
                "{\"id\": \"b\", \"problem\": \" \", \"answer\": \"1\"}|'problem' is empty",
                "{\"id\": \"b\", \"problem\": [], \"answer\": \"1\"}|'problem' must be a text or a number",
                "{\"id\": \"b\", \"problem\": \"?\", \"answer\": NaN}|'answer' must be a text or a number",
                "{\"id\": \"b\", \"problem\": \"?\", \"answer\": 1, \"verifier\": \"maths\"}|'verifier' must be math, code or numeric, not 'maths'",
                "{\"id\": \"b\", \"problem\": \"?\", \"answer\": 1, \"answer\": 2}|not JSON: Duplicate field 'answer'",
                "{\"id\": \"a\", \"problem\": \"?\", \"answer\": \"1\"}|the id 'a' is already taken by another problem,",
                "{\"id\": \"b\", \"prob|not JSON",
                "{} {}|not JSON",
                "[1]|not a JSON object",
            })
    void namesFileLineAndFieldOfWhatIsWrong(String line, String message) throws IOException {
        Path file = write(GOOD + "\n" + line + "\n");

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> problems(file))
                .withMessageStartingWith(file + ", line 2: " + message);
    }

    @Test
    void namesAllThatIsWrongAndReadsOn() throws IOException {
        Path file = write(GOOD + "\n{\"id\": 2}\nnothing\n" + GOOD.replace("\"a\"", "\"z\"") + "\n");

        DatasetContents contents = DatasetReader.read(file, DatasetFixtures.rules());

        assertThat(contents.faults())
                .satisfiesExactly(
                        fault -> assertThat(fault).isEqualTo(file + ", line 2: no 'problem'"),
                        fault -> assertThat(fault).isEqualTo(file + ", line 2: no 'answer'"),
                        fault -> assertThat(fault).startsWith(file + ", line 3: not JSON: "));
        assertThat(contents.problems()).extracting(Problem::id).containsExactly("a", "z");
        assertThat(contents.problemSet(WrongRows.LEAVE_OUT).size()).isEqualTo(2);
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> contents.problemSet(WrongRows.REFUSE))
                .satisfies(exception -> assertThat(exception.lines()).isEqualTo(contents.faults()));
    }

    @Test
    void ofAGreatManyOnlyTheFirstAreShown() throws IOException {
        Path file = write(GOOD + "\n" + "{}\n".repeat(4_000));

        DatasetContents contents = DatasetReader.read(file, DatasetFixtures.rules());

        assertThat(contents.faultCount()).isEqualTo(12_000);
        assertThat(contents.faults()).hasSize(10_000);
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> contents.problemSet(WrongRows.REFUSE))
                .satisfies(exception -> assertThat(exception.lines())
                        .hasSize(21)
                        .last()
                        .asString()
                        .startsWith("and 11,980 more; "));
    }

    @Test
    void missingEmptyAndBinaryFilesAreRefused() throws IOException {
        assertRefused(directory.resolve("none.jsonl"), "no dataset at " + directory.resolve("none.jsonl"));
        Path empty = write("\n");
        assertRefused(empty, empty + ": no problems in it");
        Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xc3, (byte) 0x28});
        assertRefused(binary, binary + ", line 1: not UTF-8");
        Path folder = Files.createDirectory(directory.resolve("folder"));
        assertRefused(folder, folder + ": no file in this folder ends in .jsonl, .jsonl.gz, .json, .json.gz, .parquet");
    }

    @Test
    void anUnknownLayoutIsDescribedByItsFields() throws IOException {
        Path file = write("{\"frage\": 1, \"antwort\": 2}");

        assertRefused(
                file,
                file + ": no known format has the fields frage, antwort; there are live-code-bench, code-contests,"
                        + " codeforces, synthetic-1, verl, taco, apps, gsm8k, open-r1-math, numina-math, tramontane,"
                        + " deepscaler");
    }

    @Test
    void aFolderIsReadInTheOrderOfItsFiles() throws IOException {
        Files.writeString(directory.resolve("b.jsonl"), "{\"problem\": \"b?\", \"answer\": 2}");
        Files.writeString(directory.resolve("a-0.json"), "[{\"question\": \"a?\", \"answer\": \"#### 1\"}]");
        Files.writeString(directory.resolve("notes.txt"), "not read");

        assertThat(problems(directory).problems())
                .extracting(Problem::id, Problem::text, Problem::reference)
                .containsExactly(tuple("a-0-1", "a?", "1"), tuple("b-1", "b?", "2"));
    }

    @Test
    void aRepeatedProblemCountsOnce() throws IOException {
        DatasetContents contents =
                DatasetReader.read(write(GOOD + "\n" + GOOD + "\n" + GOOD + "\n"), DatasetFixtures.rules());

        assertThat(contents.problems()).hasSize(1);
        assertThat(contents.repeated()).isEqualTo(2);
        assertThat(contents.faults()).isEmpty();
    }

    @Test
    void tooLongProblemsAndAnswersAreLeftOut() throws IOException {
        Path file = write(GOOD + "\n{\"id\": 2, \"problem\": \"" + "x".repeat(50) + "\", \"answer\": 1}\n"
                + "{\"id\": 3, \"problem\": \"?\", \"answer\": \"" + "1".repeat(50) + "\"}\n");

        DatasetContents contents = DatasetReader.read(file, DatasetFixtures.limits(49, 49, 1, 0));

        assertThat(contents.problems()).extracting(Problem::id).containsExactly("a");
        assertThat(contents.describeLeftOut())
                .isEqualTo("1 (an answer longer than dataset.maximum-reference-characters), 1 (longer than"
                        + " dataset.maximum-problem-characters)");
        assertThat(contents.faults()).isEmpty();
    }

    @Test
    void theTemplateIsAroundTheProblem() throws IOException {
        assertThat(DatasetReader.read(write(GOOD), DatasetFixtures.template("Solve: {problem} ($1)"))
                        .problems())
                .extracting(Problem::text)
                .containsExactly("Solve: 1 + 1? ($1)");
    }

    @Test
    void otherFieldsAreKeptAsLongAsThereIsRoom() throws IOException {
        Path file = write("{\"id\": 1, \"problem\": \"?\", \"answer\": 2, \"long\": \"" + "x".repeat(30)
                + "\", \"level\": 3, \"none\": null, \"tags\": [\"a\"]}");

        assertThat(DatasetReader.read(file, DatasetFixtures.limits(100, 100, 1, 30))
                        .problems())
                .extracting(Problem::extra)
                .containsExactly("{\"level\":3,\"tags\":[\"a\"]}");
        assertThat(DatasetReader.read(file, DatasetFixtures.limits(100, 100, 1, 0))
                        .problems())
                .extracting(Problem::extra)
                .containsExactly("");
    }

    @Test
    void decimalsStayAsWritten() throws IOException {
        Path file = write(String.join(
                "\n",
                "{\"id\": 1, \"problem\": \"?\", \"answer\": 0.10}",
                "{\"id\": 2, \"problem\": \"?\", \"answer\": 123456789012345678901234567890}",
                "{\"id\": 3, \"problem\": \"?\", \"answer\": 1e3}",
                "{\"id\": 4, \"problem\": \"?\", \"answer\": 1e999999999}"));

        assertThat(DatasetReader.read(file, DatasetFixtures.rules()).problems())
                .extracting(Problem::reference)
                .containsExactly("0.10", "123456789012345678901234567890", "1000", "1E+999999999");
    }

    private static ProblemSet problems(Path path) {
        return DatasetReader.problems(path, DatasetFixtures.rules()).problems();
    }

    private static void assertRefused(Path path, String... lines) {
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> problems(path))
                .satisfies(exception -> assertThat(exception.lines()).isEqualTo(Arrays.asList(lines)));
    }

    private Path write(String content) throws IOException {
        return Files.writeString(directory.resolve("problems.jsonl"), content);
    }
}
