package io.tramontane.jobs.data.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tramontane.jobs.data.dataset.DatasetException;
import io.tramontane.rewards.Grade;
import io.tramontane.rewards.correctness.AnswerEquality;
import io.tramontane.schemas.Verdict;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GradeFileTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Says what it was asked, and fails when asked to. */
    private static final AnswerEquality SAME_TEXT = (gold, pred) -> {
        if (pred.equals("crash")) {
            throw new IllegalStateException("as asked");
        }
        return gold.equals(pred) ? Grade.correct(pred) : Grade.wrong(pred + " is not " + gold);
    };

    @TempDir
    private Path directory;

    @Test
    void verdictsComeInTheOrderOfTheLinesWithTheirIds() throws IOException {
        StringWriter verdicts = new StringWriter();

        GradeSummary summary = file("""
                {"id": "a", "gold": "1", "pred": "1", "other": {}}

                {"id": 7, "gold": "1", "pred": "2"}
                {"id": "c", "gold": "1", "pred": "crash"}
                """).gradeTo(verdicts);

        List<JsonNode> lines = lines(verdicts.toString());
        assertThat(lines).extracting(line -> line.get("id").asText()).containsExactly("a", "7", "c");
        assertThat(lines.get(1).get("id").isNumber()).isTrue();
        assertThat(lines)
                .extracting(line -> line.get("verdict").asText())
                .containsExactly("CORRECT", "WRONG", "CRASHED");
        assertThat(lines.get(1).get("reason").asText()).isEqualTo("2 is not 1");
        assertThat(lines).allSatisfy(line -> {
            assertThat(line.fieldNames()).toIterable().containsExactly("id", "verdict", "reason", "micros");
            assertThat(line.get("micros").isIntegralNumber()).isTrue();
        });
        assertThat(summary.count(Verdict.CORRECT)).isEqualTo(1);
        assertThat(summary.toString()).startsWith("3 graded: CORRECT 1, WRONG 1, CRASHED 1; ");
    }

    @ParameterizedTest
    @CsvSource({
        "1.50, 1.50",
        "1000.0, 1000.0",
        "1e3, 1000",
        "123456789012345678901234567890, 123456789012345678901234567890",
        "1e-999999, 1E-999999"
    })
    void numbersKeepTheirDigits(String number, String text) throws IOException {
        StringWriter verdicts = new StringWriter();

        file("{\"id\": 1, \"gold\": " + number + ", \"pred\": \"" + text + "\"}")
                .gradeTo(verdicts);

        assertThat(verdicts.toString()).contains("\"CORRECT\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            nonsense                             | not JSON
            {"id": 1, "gold": "1", "pred": "1"}} | not JSON
            [1]                                  | must be an object, not ARRAY
            {"gold": "1", "pred": "1"}           | 'id' must be a text or a number
            {"id": 1, "pred": "1"}               | 'gold' must be a text or a number
            {"id": 1, "gold": "1"}               | 'pred' must be a text or a number
            {"id": 1, "gold": "1", "pred": null} | 'pred' must be a text or a number
            {"id": 1, "gold": ["1"], "pred": ""} | 'gold' must be a text or a number
            """)
    void aBadLineIsNamedAndLeavesNothingBehind(String line, String message) throws IOException {
        GradeFile file = file("{\"id\": 1, \"gold\": \"1\", \"pred\": \"1\"}\n" + line + "\n");
        Path verdicts = directory.resolve("verdicts.jsonl");

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> file.gradeTo(verdicts))
                .withMessageContaining("pairs.jsonl, line 2: " + message);

        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).containsExactly(directory.resolve("pairs.jsonl"));
        }
    }

    @Test
    void anExistingFileIsReplacedOnlyByACompleteOne() throws IOException {
        Path verdicts = Files.writeString(directory.resolve("verdicts.jsonl"), "before");

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> file("nonsense").gradeTo(verdicts));
        assertThat(verdicts).hasContent("before");

        file("{\"id\": 1, \"gold\": \"1\", \"pred\": \"1\"}").gradeTo(verdicts);
        assertThat(lines(Files.readString(verdicts))).hasSize(1);
    }

    @Test
    void theInputIsNotOverwritten() throws IOException {
        GradeFile file = file("{\"id\": 1, \"gold\": \"1\", \"pred\": \"1\"}");

        assertThatIOException()
                .isThrownBy(() -> file.gradeTo(directory.resolve("pairs.jsonl")))
                .withMessageContaining("is the input");
    }

    @Test
    void textThatIsNotUtf8IsNamed() throws IOException {
        Path input = directory.resolve("latin.jsonl");
        Files.write(input, "{\"id\": \"é\"}\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> new GradeFile(input, new MathLineGrader(SAME_TEXT)).gradeTo(new StringWriter()))
                .withMessageContaining("latin.jsonl: not UTF-8");
    }

    @Test
    void halfASurrogatePairIsNoReasonToStop() throws IOException {
        Path verdicts = directory.resolve("verdicts.jsonl");

        file("{\"id\": 1, \"gold\": \"1\", \"pred\": \"\\ud83d\"}").gradeTo(verdicts);

        assertThat(lines(Files.readString(verdicts))).hasSize(1);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        GradeFile file = new GradeFile(directory.resolve("none.jsonl"), new MathLineGrader(SAME_TEXT));

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> file.gradeTo(new StringWriter()))
                .withMessageContaining("there is no file")
                .withMessageContaining("none.jsonl");
    }

    private GradeFile file(String content) throws IOException {
        return new GradeFile(
                Files.writeString(directory.resolve("pairs.jsonl"), content), new MathLineGrader(SAME_TEXT));
    }

    private static List<JsonNode> lines(String text) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : text.lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }
}
