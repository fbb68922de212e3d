package io.tramontane.jobs.data.parquet;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.ParquetDecodingException;

/** The pages of one column of one row group, read from the file when they are asked for. */
final class ColumnPages implements PageReader {

    /** Writers keep pages between 1 and 100 MB; a much larger size is that of a damaged or hostile header. */
    private static final int MAXIMUM_PAGE_BYTES = 1 << 29;

    private static final int READ_AHEAD_BYTES = 1 << 16;

    private final ColumnMetaData column;
    private final PageCompression compression;
    private final InputStream bytes;
    private PageHeader pending;

    /** @throws ParquetDecodingException if the column would have to lie outside the file */
    ColumnPages(FileChannel file, ColumnMetaData column) throws IOException {
        this.column = column;
        this.compression = PageCompression.of(column.getCodec());
        long start = column.isSetDictionary_page_offset() && column.getDictionary_page_offset() > 0
                ? Math.min(column.getDictionary_page_offset(), column.getData_page_offset())
                : column.getData_page_offset();
        if (start < 0
                || column.getTotal_compressed_size() < 0
                || column.getTotal_compressed_size() > file.size() - start) {
            throw new ParquetDecodingException("column " + name() + " lies outside the file");
        }
        this.bytes = new BufferedInputStream(
                new FileSection(file, start, start + column.getTotal_compressed_size()), READ_AHEAD_BYTES);
    }

    @Override
    public long getTotalValueCount() {
        return column.getNum_values();
    }

    @Override
    public DictionaryPage readDictionaryPage() {
        try {
            PageHeader header = header();
            if (header.getType() != PageType.DICTIONARY_PAGE) {
                pending = header;
                return null;
            }
            return new DictionaryPage(
                    BytesInput.from(content(header)),
                    header.getUncompressed_page_size(),
                    header.getDictionary_page_header().getNum_values(),
                    encoding(header.getDictionary_page_header().getEncoding()));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public DataPage readPage() {
        try {
            PageHeader header = pending == null ? header() : pending;
            pending = null;
            while (header.getType() == PageType.INDEX_PAGE) {
                stored(header);
                header = header();
            }
            return switch (header.getType()) {
                case DATA_PAGE -> dataPage(header, header.getData_page_header());
                case DATA_PAGE_V2 -> dataPage(header, header.getData_page_header_v2());
                default -> throw new ParquetDecodingException("a second dictionary in column " + name());
            };
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private DataPage dataPage(PageHeader header, DataPageHeader page) throws IOException {
        return new DataPageV1(
                BytesInput.from(content(header)),
                page.getNum_values(),
                header.getUncompressed_page_size(),
                null,
                encoding(page.getRepetition_level_encoding()),
                encoding(page.getDefinition_level_encoding()),
                encoding(page.getEncoding()));
    }

    /** Of this version only the values are compressed, the levels before them are not. */
    private DataPage dataPage(PageHeader header, DataPageHeaderV2 page) throws IOException {
        byte[] stored = stored(header);
        int repetition = page.getRepetition_levels_byte_length();
        int levels = Math.addExact(repetition, page.getDefinition_levels_byte_length());
        if (repetition < 0 || levels < repetition || levels > stored.length) {
            throw new ParquetDecodingException("a page of column " + name() + " has levels longer than itself");
        }
        byte[] values = Arrays.copyOfRange(stored, levels, stored.length);
        boolean compressed = !page.isSetIs_compressed() || page.isIs_compressed();
        int valueBytes = header.getUncompressed_page_size() - levels;
        return DataPageV2.uncompressed(
                page.getNum_rows(),
                page.getNum_nulls(),
                page.getNum_values(),
                BytesInput.from(stored, 0, repetition),
                BytesInput.from(stored, repetition, levels - repetition),
                encoding(page.getEncoding()),
                BytesInput.from(compressed ? compression.decompress(values, valueBytes) : values),
                null);
    }

    private byte[] content(PageHeader header) throws IOException {
        return compression.decompress(stored(header), header.getUncompressed_page_size());
    }

    private byte[] stored(PageHeader header) throws IOException {
        byte[] stored = new byte[header.getCompressed_page_size()];
        if (bytes.readNBytes(stored, 0, stored.length) < stored.length) {
            throw new ParquetDecodingException("the last page of column " + name() + " is cut short");
        }
        if (header.isSetCrc()) {
            CRC32 checksum = new CRC32();
            checksum.update(stored);
            if ((int) checksum.getValue() != header.getCrc()) {
                throw new ParquetDecodingException("a page of column " + name() + " does not have its checksum");
            }
        }
        return stored;
    }

    private PageHeader header() throws IOException {
        PageHeader header = Util.readPageHeader(bytes);
        if (!plausible(header.getCompressed_page_size())
                || !plausible(header.getUncompressed_page_size())
                || header.getCompressed_page_size() > column.getTotal_compressed_size()) {
            throw new ParquetDecodingException("a page of column " + name() + " claims an impossible size");
        }
        return header;
    }

    private static boolean plausible(int size) {
        return size >= 0 && size <= MAXIMUM_PAGE_BYTES;
    }

    private static Encoding encoding(org.apache.parquet.format.Encoding encoding) {
        return Encoding.valueOf(encoding.name());
    }

    private String name() {
        return String.join(".", column.getPath_in_schema());
    }

    private ParquetDecodingException unreadable(IOException cause) {
        return new ParquetDecodingException("cannot read a page of column " + name(), cause);
    }
}
