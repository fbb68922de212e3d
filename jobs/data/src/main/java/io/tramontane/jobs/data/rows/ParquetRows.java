package io.tramontane.jobs.data.rows;

import io.tramontane.jobs.data.parquet.ParquetTable;
import java.io.IOException;
import java.util.Optional;

/** The rows of a Parquet file, counted over all its row groups. */
final class ParquetRows implements RowFile {

    private final ParquetTable table;
    private long number;

    ParquetRows(ParquetTable table) {
        this.table = table;
    }

    @Override
    public Optional<FileRow> next() throws IOException {
        number++;
        try {
            return table.next().map(fields -> new FileRow.Readable(number, "row " + number, fields));
        } catch (IOException e) {
            throw new IOException("row " + number + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        table.close();
    }
}
