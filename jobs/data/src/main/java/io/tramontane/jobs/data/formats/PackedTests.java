package io.tramontane.jobs.data.formats;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tramontane.jobs.data.rows.RowJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.InflaterInputStream;

/**
 * Opens what Python has packed by {@code base64(zlib(pickle(text)))}, the text being JSON.
 *
 * <p>A pickle is a program for a small stack machine, able to call any function. Here it is never run: of its
 * operations only those that push one text, and those without any effect on it, are known, and anything else is
 * refused. The codes are those of Python's {@code pickletools}.
 */
final class PackedTests {

    /** The largest tests of LiveCodeBench have some tens of megabytes. */
    private static final int MAXIMUM_BYTES = 256 << 20;

    private static final int PROTOCOL = 0x80;
    private static final int FRAME = 0x95;
    private static final int SHORT_TEXT = 0x8c;
    private static final int TEXT = 'X';
    private static final int LONG_TEXT = 0x8d;
    private static final int MEMOIZE = 0x94;
    private static final int SHORT_PUT = 'q';
    private static final int LONG_PUT = 'r';
    private static final int STOP = '.';

    private PackedTests() {}

    /** @throws IllegalArgumentException if it is packed in another way; the message says where it differs */
    static JsonNode open(String packed) {
        return open(packed, MAXIMUM_BYTES);
    }

    /** @param maximumBytes that may come out of zlib */
    static JsonNode open(String packed, int maximumBytes) {
        byte[] compressed;
        try {
            compressed = Base64.getMimeDecoder().decode(packed);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is neither JSON nor base64", e);
        }
        try {
            return RowJson.mapper().readTree(text(inflated(compressed, maximumBytes)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("is packed, but not JSON: " + RowJson.reason(e), e);
        }
    }

    private static byte[] inflated(byte[] compressed, int maximumBytes) {
        try (InflaterInputStream stream = new InflaterInputStream(new ByteArrayInputStream(compressed))) {
            byte[] content = stream.readNBytes(maximumBytes + 1);
            if (content.length > maximumBytes) {
                throw new IllegalArgumentException(
                        String.format("has more than %,d bytes when unpacked", maximumBytes));
            }
            return content;
        } catch (IOException e) {
            throw new IllegalArgumentException("is packed, but not by zlib: " + e.getMessage(), e);
        }
    }

    private static String text(byte[] pickle) {
        ByteBuffer bytes = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
        String text = null;
        try {
            while (true) {
                int operation = Byte.toUnsignedInt(bytes.get());
                switch (operation) {
                    case PROTOCOL, SHORT_PUT -> skip(bytes, 1);
                    case LONG_PUT -> skip(bytes, Integer.BYTES);
                    case FRAME -> skip(bytes, Long.BYTES);
                    case MEMOIZE -> {
                        // Names the value for a later use, of which there is none.
                    }
                    case SHORT_TEXT -> text = only(text, utf8(bytes, Byte.toUnsignedInt(bytes.get())));
                    case TEXT -> text = only(text, utf8(bytes, Integer.toUnsignedLong(bytes.getInt())));
                    case LONG_TEXT -> text = only(text, utf8(bytes, bytes.getLong()));
                    case STOP -> {
                        if (text == null) {
                            throw new IllegalArgumentException("is a pickle without a text");
                        }
                        return text;
                    }
                    default ->
                        throw new IllegalArgumentException("is a pickle of more than a text (operation 0x"
                                + Integer.toHexString(operation) + "), which is refused");
                }
            }
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("is a pickle that is cut short", e);
        }
    }

    private static void skip(ByteBuffer bytes, int count) {
        requireLeft(bytes, count);
        bytes.position(bytes.position() + count);
    }

    private static String utf8(ByteBuffer bytes, long length) {
        requireLeft(bytes, length);
        String text = new String(bytes.array(), bytes.position(), (int) length, StandardCharsets.UTF_8);
        skip(bytes, (int) length);
        return text;
    }

    private static void requireLeft(ByteBuffer bytes, long count) {
        if (count < 0 || count > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
    }

    private static String only(String before, String text) {
        if (before != null) {
            throw new IllegalArgumentException("is a pickle of several texts");
        }
        return text;
    }
}
