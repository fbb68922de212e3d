package io.tramontane.schemas;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.Schema;

/**
 * A place in the Avro body of a single-object encoding. Avro's own decoder does not say where it is, and here fields
 * are found first and decoded one by one, if at all. It never reads past the end, whatever a length claims.
 *
 * <p>Not thread-safe.
 */
final class BodyCursor {

    private static final int LONGEST_VARINT_BITS = 70;

    private final byte[] encoding;
    private int position;

    /** @param position of the next value in {@code encoding} */
    BodyCursor(byte[] encoding, int position) {
        this.encoding = encoding;
        this.position = position;
    }

    /**
     * Walks over the whole body.
     *
     * @param schema of the record that wrote it
     * @return where each field begins
     * @throws EOFException when a length leads out of the bytes
     * @throws IOException when the bytes are no such record, or others follow it
     */
    static int[] fields(byte[] encoding, Schema schema) throws IOException {
        BodyCursor cursor = new BodyCursor(encoding, RecordCodec.HEADER_BYTES);
        List<Schema.Field> fields = schema.getFields();
        int[] begins = new int[fields.size()];
        for (int field = 0; field < begins.length; field++) {
            begins[field] = cursor.position;
            cursor.skip(fields.get(field).schema());
        }
        if (cursor.position != encoding.length) {
            throw new IOException("bytes follow the record");
        }
        return begins;
    }

    /** Items of arrays and maps one by one: the byte count that a block may carry is not to be trusted. */
    private void skip(Schema schema) throws IOException {
        switch (schema.getType()) {
            case RECORD -> {
                for (Schema.Field field : schema.getFields()) {
                    skip(field.schema());
                }
            }
            case ARRAY -> {
                for (long items = block(); items > 0; items = block()) {
                    for (long item = 0; item < items; item++) {
                        skip(schema.getElementType());
                    }
                }
            }
            case MAP -> {
                for (long items = block(); items > 0; items = block()) {
                    for (long item = 0; item < items; item++) {
                        skipBytes();
                        skip(schema.getValueType());
                    }
                }
            }
            case UNION -> skip(schema.getTypes().get(choice(schema.getTypes().size())));
            case ENUM -> choice(schema.getEnumSymbols().size());
            case STRING, BYTES -> skipBytes();
            case INT -> integer();
            case LONG -> varint();
            case FLOAT -> advance(Float.BYTES);
            case DOUBLE -> advance(Double.BYTES);
            case BOOLEAN -> advance(1);
            case FIXED -> advance(schema.getFixedSize());
            case NULL -> {
                // Takes no bytes.
            }
        }
    }

    /** Items in the block that begins here; 0 at the end. */
    long block() throws IOException {
        long items = varint();
        if (items < 0) {
            // Then its size in bytes follows.
            varint();
            items = -items;
        }
        return items;
    }

    private int choice(int choices) throws IOException {
        int choice = integer();
        if (choice < 0 || choice >= choices) {
            throw new IOException("choice " + choice + " of " + choices);
        }
        return choice;
    }

    /** Reads a string. */
    String string() throws IOException {
        int length = length();
        String string = new String(encoding, position, length, StandardCharsets.UTF_8);
        position += length;
        return string;
    }

    /** Reads bytes, as a part of the encoding. */
    ByteBuffer bytes() throws IOException {
        int length = length();
        ByteBuffer bytes = ByteBuffer.wrap(encoding, position, length).slice().asReadOnlyBuffer();
        position += length;
        return bytes;
    }

    /** Skips a string or bytes. */
    void skipBytes() throws IOException {
        int length = length();
        position += length;
    }

    /** Reads an int. */
    int integer() throws IOException {
        long value = varint();
        if (value != (int) value) {
            throw new IOException(value + " is no int");
        }
        return (int) value;
    }

    /** A length that the bytes behind it have. */
    private int length() throws IOException {
        long length = varint();
        if (length < 0) {
            throw new IOException("length " + length);
        }
        if (length > encoding.length - position) {
            throw new EOFException();
        }
        return (int) length;
    }

    /** Reads a float. */
    float float32() throws IOException {
        int begin = position;
        advance(Float.BYTES);
        return ByteBuffer.wrap(encoding, begin, Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getFloat();
    }

    private void advance(int by) throws IOException {
        if (by > encoding.length - position) {
            throw new EOFException();
        }
        position += by;
    }

    /** Reads a long. */
    long varint() throws IOException {
        long zigzag = 0;
        for (int shift = 0; shift < LONGEST_VARINT_BITS; shift += 7) {
            if (position == encoding.length) {
                throw new EOFException();
            }
            byte next = encoding[position++];
            zigzag |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return zigzag >>> 1 ^ -(zigzag & 1);
            }
        }
        throw new IOException("a number of more than ten bytes");
    }
}
