package io.tramontane.rewards.language.fasttext;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of a model file, little-endian, front to back. Every size is checked against what is left of the file
 * before memory is taken for it. Not thread-safe.
 */
final class ModelInput {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int MAXIMUM_WORD_BYTES = 1 << 16;

    private final InputStream stream;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    /** Bytes of the file that the buffer has not seen yet. */
    private long unread;

    /** @param size of the file in bytes */
    ModelInput(InputStream stream, long size) {
        this.stream = stream;
        this.unread = size;
        buffer.limit(0);
    }

    /** Bytes that are left. */
    long remaining() {
        return unread + buffer.remaining();
    }

    int int32() throws IOException {
        return need(Integer.BYTES).getInt();
    }

    long int64() throws IOException {
        return need(Long.BYTES).getLong();
    }

    double float64() throws IOException {
        return need(Double.BYTES).getDouble();
    }

    byte int8() throws IOException {
        return need(1).get();
    }

    /** One byte, 0 or 1. */
    boolean flag(String what) throws IOException {
        byte value = int8();
        if (value != 0 && value != 1) {
            throw new IOException(what + " is " + value + ", neither 0 nor 1");
        }
        return value == 1;
    }

    /** A number of things that must lie within bounds. */
    int count(String what, long value, long minimum, long maximum) throws IOException {
        if (value < minimum || value > Math.min(maximum, Integer.MAX_VALUE)) {
            throw new IOException(what + " is " + value + ", not between " + minimum + " and " + maximum);
        }
        return (int) value;
    }

    /** A number of things of at least so many bytes each, which must be there still. */
    int count(String what, long value, int bytesEach) throws IOException {
        int count = count(what, value, 0, Integer.MAX_VALUE);
        if ((long) count * bytesEach > remaining()) {
            throw cutOff();
        }
        return count;
    }

    /** The bytes of a word up to the zero behind it, one a character: fastText knows bytes, not letters. */
    String word() throws IOException {
        StringBuilder word = new StringBuilder();
        for (byte next = int8(); next != 0; next = int8()) {
            if (word.length() == MAXIMUM_WORD_BYTES) {
                throw new IOException("a word has more than " + MAXIMUM_WORD_BYTES + " bytes");
            }
            word.append((char) (next & 0xff));
        }
        return word.toString();
    }

    byte[] bytes(long count) throws IOException {
        byte[] bytes = new byte[fits(count, 1)];
        int done = 0;
        while (done < bytes.length) {
            need(1);
            int part = Math.min(buffer.remaining(), bytes.length - done);
            buffer.get(bytes, done, part);
            done += part;
        }
        return bytes;
    }

    float[] floats(long count) throws IOException {
        float[] floats = new float[fits(count, Float.BYTES)];
        int done = 0;
        while (done < floats.length) {
            need(Float.BYTES);
            int part = Math.min(buffer.remaining() / Float.BYTES, floats.length - done);
            buffer.asFloatBuffer().get(floats, done, part);
            buffer.position(buffer.position() + part * Float.BYTES);
            done += part;
        }
        return floats;
    }

    private int fits(long count, int size) throws IOException {
        if (count < 0 || count > remaining() / size) {
            throw cutOff();
        }
        if (count > Integer.MAX_VALUE - 8) {
            throw new IOException("a matrix has " + count + " elements, more than this reader can hold");
        }
        return (int) count;
    }

    private ByteBuffer need(int bytes) throws IOException {
        if (buffer.remaining() >= bytes) {
            return buffer;
        }
        if (remaining() < bytes) {
            throw cutOff();
        }
        buffer.compact();
        while (buffer.position() < bytes) {
            int read = stream.read(buffer.array(), buffer.position(), (int) Math.min(buffer.remaining(), unread));
            if (read < 0) {
                throw cutOff();
            }
            buffer.position(buffer.position() + read);
            unread -= read;
        }
        return buffer.flip();
    }

    private static EOFException cutOff() {
        return new EOFException("the file is cut off");
    }

    /** The bytes of a text in the form of {@link #word()}. */
    static String asBytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** The text of bytes in the form of {@link #word()}. */
    static String asText(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
