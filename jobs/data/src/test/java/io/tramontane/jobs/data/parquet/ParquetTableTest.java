package io.tramontane.jobs.data.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tramontane.jobs.data.dataset.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against files of the Parquet project's own writer; the README beside them says how they were made. */
class ParquetTableTest {

    private static final String VERSION_1 = "version-1-snappy-dictionary.parquet";
    private static final String VERSION_2 = "version-2-zstd.parquet";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {VERSION_1, VERSION_2})
    void readsEveryRow(String name) throws IOException {
        List<ObjectNode> rows = rows(content(name));

        assertThat(rows).hasSize(60);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.get(i).get("id").longValue()).isEqualTo(i);
            assertThat(rows.get(i).get("problem").textValue()).isEqualTo("What is " + i + " plus " + i % 7 + "?");
            assertThat(rows.get(i).get("answer").textValue()).isEqualTo(Integer.toString(i + i % 7));
            assertThat(rows.get(i).has("tags")).isEqualTo(i % 2 == 0);
            assertThat(rows.get(i).get("plain").size()).isEqualTo(i % 3);
        }
        assertThat(rows.get(2).toString())
                .isEqualTo("{\"id\":2,\"problem\":\"What is 2 plus 2?\",\"answer\":\"4\",\"tags\":[\"tag0\",\"tag1\"],"
                        + "\"scores\":[0.5,null],\"facts\":{\"k2\":2},\"origin\":{\"page\":2},\"plain\":[0,1]}");
        assertThat(rows.get(0).toString())
                .isEqualTo("{\"id\":0,\"problem\":\"What is 0 plus 0?\",\"answer\":\"0\",\"tags\":[],\"scores\":[],"
                        + "\"origin\":{\"book\":\"b0\",\"page\":0},\"plain\":[]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {VERSION_1, VERSION_2})
    void aFileCutAnywhereIsRefused(String name) throws IOException {
        byte[] whole = content(name);

        for (int length = 0; length < whole.length; length += 7) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatIOException().isThrownBy(() -> rows(part));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {VERSION_1, VERSION_2})
    void aFlippedByteIsAnErrorOrChangesAValueButNothingElse(String name) throws IOException {
        byte[] whole = content(name);
        int refused = 0;

        for (int position = 4; position < whole.length; position += 11) {
            byte[] damaged = whole.clone();
            damaged[position] ^= 0x55;
            try {
                assertThat(rows(damaged)).hasSizeLessThanOrEqualTo(60);
            } catch (IOException e) {
                assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
                refused++;
            }
        }

        assertThat(refused).isPositive();
    }

    @Test
    void encryptedFilesAreNamed() {
        assertThatIOException()
                .isThrownBy(() -> rows("PAR1....\0\0\0\0PARE".getBytes(StandardCharsets.US_ASCII)))
                .withMessage("an encrypted Parquet file, which cannot be read");
    }

    private List<ObjectNode> rows(byte[] content) throws IOException {
        List<ObjectNode> rows = new ArrayList<>();
        try (ParquetTable table = ParquetTable.open(Files.write(directory.resolve("table"), content))) {
            for (Optional<ObjectNode> row = table.next(); row.isPresent(); row = table.next()) {
                rows.add(row.get());
            }
        }
        return rows;
    }

    private static byte[] content(String name) throws IOException {
        try (InputStream stream = Problem.class.getResourceAsStream(name)) {
            return stream.readAllBytes();
        }
    }
}
