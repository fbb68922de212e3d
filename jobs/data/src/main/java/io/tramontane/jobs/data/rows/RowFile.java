package io.tramontane.jobs.data.rows;

import io.tramontane.jobs.data.parquet.ParquetTable;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * The rows of a file, read one after the other; only one is in memory. What kind of file it is shows in its first
 * bytes, not in its name: {@code PAR1} is Parquet, {@code 1f 8b} gzip around JSON, and JSON that begins with {@code [}
 * is one array, anything else an object a line.
 *
 * <p>Not thread-safe.
 */
public interface RowFile extends Closeable {

    /**
     * The next row; empty after the last one. A row that cannot be understood is {@link FileRow.Broken}.
     *
     * @throws IOException when the file cannot be read any further
     */
    Optional<FileRow> next() throws IOException;

    /** @throws IOException if there is no such file, or it is damaged from its beginning */
    static RowFile open(Path path) throws IOException {
        byte[] magic;
        try (InputStream start = Files.newInputStream(path)) {
            magic = start.readNBytes(4);
        }
        if (Arrays.equals(magic, "PAR1".getBytes(StandardCharsets.US_ASCII))) {
            return new ParquetRows(ParquetTable.open(path));
        }
        boolean gzip = magic.length >= 2 && magic[0] == (byte) 0x1f && magic[1] == (byte) 0x8b;
        InputStream stored = Files.newInputStream(path);
        try {
            BufferedInputStream json = new BufferedInputStream(gzip ? new GZIPInputStream(stored) : stored, 1 << 16);
            return JsonStart.isArray(json) ? new JsonArrayRows(json) : new JsonLineRows(json);
        } catch (IOException e) {
            stored.close();
            throw e;
        }
    }
}
