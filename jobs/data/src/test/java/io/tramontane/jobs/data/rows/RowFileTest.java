package io.tramontane.jobs.data.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowFileTest {

    @TempDir
    Path directory;

    @Test
    void theKindOfFileShowsInItsFirstBytes() throws IOException {
        String lines = "{\"a\":1}\r\n{\"a\":2}";
        String array = " \n[ {\"a\":1} ,\n{\"a\":2}]\n";

        for (byte[] content : List.of(
                lines.getBytes(StandardCharsets.UTF_8),
                ("\ufeff" + lines).getBytes(StandardCharsets.UTF_8),
                gzip(lines),
                array.getBytes(StandardCharsets.UTF_8),
                ("\ufeff" + array).getBytes(StandardCharsets.UTF_8),
                gzip(array))) {
            assertThat(rows(content)).containsExactly("{\"a\":1}", "{\"a\":2}");
        }
    }

    @Test
    void placesAreLinesOfLinesAndElementsOfArrays() throws IOException {
        assertThat(places("{}\n\n{}")).containsExactly("1: line 1", "3: line 3");
        assertThat(places("[{},\n\n{}]")).containsExactly("1: element 1 (line 1)", "2: element 2 (line 3)");
    }

    @Test
    void aWrongLineIsOneRow() throws IOException {
        assertThat(rows("{\"a\":\n[]\n{\"a\":1}x\n\n{\"a\":1}".getBytes(StandardCharsets.UTF_8)))
                .satisfiesExactly(
                        row -> assertThat(row).startsWith("line 1: not JSON: Unexpected end-of-input"),
                        row -> assertThat(row).isEqualTo("line 2: not a JSON object"),
                        row -> assertThat(row).startsWith("line 3: not JSON: Unrecognized token 'x'"),
                        row -> assertThat(row).isEqualTo("{\"a\":1}"));
        assertThat(rows(new byte[] {'"', (byte) 0xc3, '"', '\n', '{', '}'})).containsExactly("line 1: not UTF-8", "{}");
    }

    @Test
    void aWrongElementIsOneRowButMalformedJsonEndsAnArray() throws IOException {
        assertThat(rows("[1, {\"a\":1}, null]".getBytes(StandardCharsets.UTF_8)))
                .containsExactly(
                        "element 1 (line 1): not a JSON object", "{\"a\":1}", "element 3 (line 1): not a JSON object");
        assertThat(rows("[{\"a\":1}, {\"a\"; 2}, {}]".getBytes(StandardCharsets.UTF_8)))
                .satisfiesExactly(
                        row -> assertThat(row).isEqualTo("{\"a\":1}"),
                        row -> assertThat(row)
                                .startsWith("element 2 (line 1): not JSON: Unexpected character")
                                .endsWith("nothing after this is read"));
        assertThat(rows("[{}".getBytes(StandardCharsets.UTF_8)))
                .last()
                .asString()
                .startsWith("element 2 (line 1): ");
        assertThat(rows("[{}] {}".getBytes(StandardCharsets.UTF_8)))
                .containsExactly("{}", "element 2 (line 1): there is something after the end of the array");
    }

    @Test
    void aCutOffArchiveCannotBeRead() throws IOException {
        byte[] whole = gzip("{\"a\":1}\n".repeat(1_000));

        assertThatIOException().isThrownBy(() -> rows(Arrays.copyOf(whole, whole.length / 2)));
    }

    @Test
    void aCutOffParquetFileSaysSo() {
        assertThatIOException()
                .isThrownBy(() -> rows("PAR1 and then nothing".getBytes(StandardCharsets.UTF_8)))
                .withMessage("cut short or damaged: a Parquet file ends with PAR1, this one does not");
    }

    private List<String> rows(byte[] content) throws IOException {
        List<String> rows = new ArrayList<>();
        try (RowFile file = RowFile.open(Files.write(directory.resolve("rows"), content))) {
            for (Optional<FileRow> row = file.next(); row.isPresent(); row = file.next()) {
                rows.add(
                        row.get() instanceof FileRow.Readable readable
                                ? readable.fields().toString()
                                : row.get().place() + ": " + ((FileRow.Broken) row.get()).reason());
            }
        }
        return rows;
    }

    private List<String> places(String content) throws IOException {
        List<String> places = new ArrayList<>();
        try (RowFile file = RowFile.open(Files.writeString(directory.resolve("rows"), content))) {
            for (Optional<FileRow> row = file.next(); row.isPresent(); row = file.next()) {
                places.add(row.get().number() + ": " + row.get().place());
            }
        }
        return places;
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(bytes)) {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
