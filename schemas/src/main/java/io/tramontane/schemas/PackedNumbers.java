package io.tramontane.schemas;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Token ids and log-probabilities as packed bytes (int32 and float32, little-endian): an Avro array would cost three
 * times the decoding. No method moves the position of the buffer it is given.
 */
public final class PackedNumbers {

    private PackedNumbers() {}

    public static ByteBuffer ints(int[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asIntBuffer().put(values);
        return buffer;
    }

    public static ByteBuffer floats(float[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(values);
        return buffer;
    }

    /** @throws IllegalArgumentException when the length is no multiple of four bytes */
    public static int[] toInts(ByteBuffer packed) {
        int[] values = new int[count(packed)];
        packed.duplicate().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(values);
        return values;
    }

    /** @throws IllegalArgumentException when the length is no multiple of four bytes */
    public static float[] toFloats(ByteBuffer packed) {
        float[] values = new float[count(packed)];
        packed.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }

    /** How many four-byte values the buffer holds. */
    public static int count(ByteBuffer packed) {
        if (packed.remaining() % 4 != 0) {
            throw new IllegalArgumentException("packed values take four bytes each, not " + packed.remaining());
        }
        return packed.remaining() / 4;
    }
}
