package io.tramontane.tests.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tramontane.jobs.data.dataset.DatasetContents;
import io.tramontane.jobs.data.dataset.DatasetException;
import io.tramontane.jobs.data.dataset.DatasetReader;
import io.tramontane.jobs.data.dataset.Problem;
import io.tramontane.jobs.data.dataset.ReadingRules;
import io.tramontane.jobs.data.dataset.ReadingRules.WrongRows;
import io.tramontane.jobs.data.formats.DatasetFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Parquet files of DuckDB, a writer that shares no code with our reader, in every compression and both versions. */
class ParquetFilesTest {

    private static final int ROWS = 3_000;

    private static final ReadingRules RULES = new ReadingRules(
            DatasetFormat.AUTOMATIC, ReadingRules.PLACEHOLDER, WrongRows.REFUSE, 10_000, 100_000, 20, 10_000);

    /** A data set for verl, with all that its columns may hold. */
    private static final String VERL = """
            SELECT 'own/sums' AS data_source,
                   [{'role': 'system', 'content': 'Think.'},
                    {'role': 'user', 'content': 'What is ' || i || ' + 1?'}] AS prompt,
                   'math' AS ability,
                   {'style': 'rule', 'ground_truth': (i + 1)::VARCHAR} AS reward_model,
                   {'index': i,
                    'split': CASE WHEN i %% 3 = 0 THEN NULL ELSE 'train' END,
                    'time': TIMESTAMP '2026-01-02 03:04:05',
                    'day': DATE '2026-01-02',
                    'price': 1.50::DECIMAL(9, 2),
                    'large': 12345678901234567890.5::DECIMAL(38, 1),
                    'half': 0.5::DOUBLE,
                    'unsigned': 18446744073709551615::UBIGINT,
                    'small': -7::TINYINT,
                    'yes': i %% 2 = 0,
                    'uuid': '01234567-89ab-cdef-0123-456789abcdef'::UUID,
                    'facts': MAP {'a': 1, 'b': NULL},
                    'nested': [[1, i], NULL, []],
                    'text': 'é😀' || i} AS extra_info
            FROM range(%d) t(i)
            """.formatted(ROWS);

    @TempDir
    Path directory;

    static Stream<Arguments> writings() {
        return Stream.of("uncompressed", "snappy", "zstd", "gzip", "lz4_raw")
                .flatMap(codec -> Stream.of("V1", "V2").map(version -> Arguments.of(codec, version)));
    }

    @ParameterizedTest
    @MethodSource("writings")
    void everyValueComesBack(String codec, String version) throws SQLException, IOException {
        Path file = write(VERL, "COMPRESSION " + codec + ", PARQUET_VERSION " + version + ", ROW_GROUP_SIZE 2048");

        DatasetContents contents = DatasetReader.read(file, RULES);

        assertThat(contents.formats()).containsExactly(Map.entry(file, DatasetFormat.VERL));
        assertThat(contents.faults()).isEmpty();
        assertThat(contents.problems()).hasSize(ROWS);
        for (int i = 0; i < ROWS; i++) {
            Problem problem = contents.problems().get(i);
            assertThat(problem.id()).isEqualTo("problems-" + (i + 1));
            assertThat(problem.text()).isEqualTo("Think.\n\nWhat is " + i + " + 1?");
            assertThat(problem.reference()).isEqualTo(Integer.toString(i + 1));
        }
        assertThat(json(contents.problems().get(2_999))).isEqualTo(json("""
                                {"data_source": "own/sums", "ability": "math", "extra_info": {
                                 "index": 2999, "split": "train", "time": "2026-01-02T03:04:05Z", "day": "2026-01-02",
                                 "price": 1.50, "large": 12345678901234567890.5, "half": 0.5,
                                 "unsigned": 18446744073709551615, "small": -7, "yes": false,
                                 "uuid": "01234567-89ab-cdef-0123-456789abcdef", "facts": {"a": 1, "b": null},
                                 "nested": [[1, 2999], null, []], "text": "é😀2999"}}"""));
        assertThat(contents.problems().get(0).extra()).doesNotContain("split");
    }

    @Test
    void columnsOfListsInStructsAreRead() throws SQLException {
        Path file = write("""
                SELECT 'n' || i AS name, 'Print n.' AS description,
                       {'input': ['1', '2'], 'output': ['1', '2']} AS public_tests,
                       {'input': []::VARCHAR[], 'output': []::VARCHAR[]} AS private_tests,
                       {'input': ['x' || repeat('y', 50)], 'output': [NULL]} AS generated_tests
                FROM range(3) t(i)""", "COMPRESSION zstd");

        DatasetContents contents = DatasetReader.read(file, RULES);

        assertThat(contents.formats()).containsValue(DatasetFormat.CODE_CONTESTS);
        assertThat(contents.problems())
                .hasSize(3)
                .extracting(Problem::reference)
                .containsOnly("{\"tests\":[{\"stdin\":\"1\",\"stdout\":\"1\"},{\"stdin\":\"2\",\"stdout\":\"2\"},"
                        + "{\"stdin\":\"x" + "y".repeat(50) + "\",\"stdout\":\"\"}]}");
    }

    @Test
    void wrongFieldsAreNamedByTheirRow() throws SQLException {
        Path file = write(
                "SELECT 'q' || i AS question, CASE i WHEN 4 THEN 'none' WHEN 2050 THEN NULL ELSE '#### 1' END AS answer"
                        + " FROM range(2100) t(i)",
                "ROW_GROUP_SIZE 2048");

        assertThat(DatasetReader.read(file, RULES).faults())
                .containsExactly(
                        file + ", row 5: 'answer' has no '####' before the result", file + ", row 2051: no 'answer'");
    }

    @Test
    void anotherCompressionIsNamed() throws SQLException {
        Path file = write("SELECT 'q' AS question, '#### 1' AS answer", "COMPRESSION brotli");

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> DatasetReader.read(file, RULES))
                .withMessage(
                        "cannot read the dataset " + file + ": row 1: damaged or unsupported Parquet: compressed by"
                                + " BROTLI; rewrite the file with snappy, zstd, gzip or lz4_raw");
    }

    @Test
    void aFileThatIsCutShortIsRefused() throws SQLException, IOException {
        Path file = write(VERL, "COMPRESSION snappy");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> DatasetReader.read(file, RULES))
                .withMessage("cannot read the dataset " + file
                        + ": cut short or damaged: a Parquet file ends with PAR1, this one does not");
    }

    private Path write(String select, String options) throws SQLException {
        Path file = directory.resolve("problems.parquet");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (" + select + ") TO '" + file + "' (FORMAT parquet, " + options + ")");
        }
        return file;
    }

    private static JsonNode json(Problem problem) throws IOException {
        return json(problem.extra());
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
