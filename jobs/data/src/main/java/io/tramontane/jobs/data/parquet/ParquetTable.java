package io.tramontane.jobs.data.parquet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;

/**
 * The rows of a Parquet file, one after the other, as JSON objects. Of each column only one page is in memory.
 *
 * <p>Structs become objects, lists (of three levels and of the older two) arrays, maps objects with text keys; null
 * fields are left out. Not thread-safe.
 */
public final class ParquetTable implements Closeable {

    private final FileChannel file;
    private final ParquetFooter footer;
    private final MessageColumnIO columns;
    private final Iterator<RowGroup> groups;
    private RecordReader<Group> records;
    private long left;

    private ParquetTable(FileChannel file, ParquetFooter footer) {
        this.file = file;
        this.footer = footer;
        this.columns = new ColumnIOFactory().getColumnIO(footer.schema());
        this.groups = footer.rowGroups().iterator();
    }

    /**
     * Opens a file and reads its footer.
     *
     * @throws IOException when it cannot be read or is no whole Parquet file
     */
    public static ParquetTable open(Path path) throws IOException {
        FileChannel file = FileChannel.open(path);
        try {
            return new ParquetTable(file, ParquetFooter.read(file));
        } catch (IOException e) {
            file.close();
            throw e;
        } catch (RuntimeException e) {
            file.close();
            throw damaged(e);
        }
    }

    /**
     * The next row; empty after the last one.
     *
     * @throws IOException when what is stored cannot be decoded; nothing after it can be read either
     */
    public Optional<ObjectNode> next() throws IOException {
        try {
            while (left == 0) {
                if (!groups.hasNext()) {
                    return Optional.empty();
                }
                begin(groups.next());
            }
            left--;
            return Optional.of(GroupJson.object(records.read()));
        } catch (RuntimeException e) {
            throw damaged(e);
        }
    }

    private void begin(RowGroup group) throws IOException {
        left = group.getNum_rows();
        if (left > 0) {
            records = columns.getRecordReader(
                    new RowGroupPages(file, group, footer.schema()), new GroupRecordConverter(footer.schema()));
        }
    }

    /** The library answers damaged data with whatever exception it happens to run into. */
    private static IOException damaged(RuntimeException exception) {
        Throwable cause = exception;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        // Names from a damaged file may hold anything.
        return new IOException(
                "damaged or unsupported Parquet: "
                        + message.replaceAll("\\p{Cntrl}+", " ").strip(),
                exception);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
