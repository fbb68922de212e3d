package io.tramontane.jobs.data.parquet;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.schema.MessageType;

/** The columns of one row group. */
final class RowGroupPages implements PageReadStore {

    private final Map<List<String>, PageReader> columns = new HashMap<>();
    private final long rows;

    RowGroupPages(FileChannel file, RowGroup group, MessageType schema) throws IOException {
        this.rows = group.getNum_rows();
        for (ColumnChunk chunk : group.getColumns()) {
            if (!chunk.isSetMeta_data()) {
                throw new ParquetDecodingException("a column is encrypted or lies in another file");
            }
            columns.put(chunk.getMeta_data().getPath_in_schema(), new ColumnPages(file, chunk.getMeta_data()));
        }
        for (ColumnDescriptor column : schema.getColumns()) {
            getPageReader(column);
        }
    }

    @Override
    public PageReader getPageReader(ColumnDescriptor column) {
        PageReader pages = columns.get(List.of(column.getPath()));
        if (pages == null) {
            throw new ParquetDecodingException("no data of column " + String.join(".", column.getPath()));
        }
        return pages;
    }

    @Override
    public long getRowCount() {
        return rows;
    }
}
