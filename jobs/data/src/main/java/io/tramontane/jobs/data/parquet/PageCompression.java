package io.tramontane.jobs.data.parquet;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import net.jpountz.lz4.LZ4Factory;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.io.ParquetDecodingException;
import org.xerial.snappy.Snappy;

/** How the pages of a column are compressed. Thread-safe. */
enum PageCompression {
    NONE {
        @Override
        byte[] decompressed(byte[] stored, int size) {
            return stored;
        }
    },
    SNAPPY {
        @Override
        byte[] decompressed(byte[] stored, int size) throws IOException {
            requireSize(Snappy.uncompressedLength(stored), size);
            return Snappy.uncompress(stored);
        }
    },
    GZIP {
        @Override
        byte[] decompressed(byte[] stored, int size) throws IOException {
            try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(stored))) {
                byte[] content = stream.readNBytes(size);
                requireSize(stream.read() < 0 ? content.length : size + 1L, size);
                return content;
            }
        }
    },
    ZSTD {
        @Override
        byte[] decompressed(byte[] stored, int size) {
            return Zstd.decompress(stored, size);
        }
    },
    LZ4 {
        @Override
        byte[] decompressed(byte[] stored, int size) {
            byte[] content = new byte[size];
            requireSize(LZ4Factory.safeInstance().safeDecompressor().decompress(stored, content), size);
            return content;
        }
    };

    /** @throws ParquetDecodingException for one of the others, which are rare or deprecated */
    static PageCompression of(CompressionCodec codec) {
        return switch (codec) {
            case UNCOMPRESSED -> NONE;
            case SNAPPY -> SNAPPY;
            case GZIP -> GZIP;
            case ZSTD -> ZSTD;
            case LZ4_RAW -> LZ4;
            default ->
                throw new ParquetDecodingException(
                        "compressed by " + codec + "; rewrite the file with snappy, zstd, gzip or lz4_raw");
        };
    }

    abstract byte[] decompressed(byte[] stored, int size) throws IOException;

    /**
     * The content of a page.
     *
     * @param size what the page's header says it has, in bytes
     * @throws ParquetDecodingException when it has another size
     */
    final byte[] decompress(byte[] stored, int size) throws IOException {
        if (size == 0) {
            return new byte[0];
        }
        byte[] content = decompressed(stored, size);
        requireSize(content.length, size);
        return content;
    }

    private static void requireSize(long actual, int size) {
        if (actual != size) {
            throw new ParquetDecodingException("a page has another size than its header says");
        }
    }
}
