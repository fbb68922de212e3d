package io.tramontane.jobs.data.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.apache.parquet.schema.MessageType;

/**
 * What the end of a Parquet file says of the rest: {@code … footer, length of the footer (4 bytes, little endian),
 * "PAR1"}.
 *
 * @param schema of a row
 * @param rowGroups in the order of the file
 */
record ParquetFooter(MessageType schema, List<RowGroup> rowGroups) {

    private static final String MAGIC = "PAR1";
    private static final String ENCRYPTED_MAGIC = "PARE";
    private static final int TAIL = 8;

    /** @throws IOException when this is no whole Parquet file */
    static ParquetFooter read(FileChannel file) throws IOException {
        long size = file.size();
        if (size < MAGIC.length() + TAIL) {
            throw new IOException("cut short: a Parquet file has at least 12 bytes, this one " + size);
        }
        ByteBuffer tail = FileSection.read(file, size - TAIL, TAIL).order(ByteOrder.LITTLE_ENDIAN);
        String magic = StandardCharsets.ISO_8859_1
                .decode(tail.duplicate().position(Integer.BYTES))
                .toString();
        if (magic.equals(ENCRYPTED_MAGIC)) {
            throw new IOException("an encrypted Parquet file, which cannot be read");
        }
        if (!magic.equals(MAGIC)) {
            throw new IOException("cut short or damaged: a Parquet file ends with PAR1, this one does not");
        }
        long length = Integer.toUnsignedLong(tail.getInt(0));
        if (length > size - MAGIC.length() - TAIL) {
            throw new IOException(
                    "damaged: its footer should have " + length + " bytes, more than the file (" + size + " bytes)");
        }
        ByteBuffer footer = FileSection.read(file, size - TAIL - length, Math.toIntExact(length));
        FileMetaData metadata = Util.readFileMetaData(new ByteArrayInputStream(footer.array()));
        return new ParquetFooter(ParquetSchema.of(metadata.getSchema()), metadata.getRow_groups());
    }
}
