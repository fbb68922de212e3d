package io.tramontane.jobs.run.tensorboard;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Scalars of one step as TensorBoard reads them: TensorFlow's protocol buffer {@code Event} (event.proto) with a
 * {@code Summary} (summary.proto) of simple values. Only these fields are ever written.
 *
 * @param wallTime seconds since the epoch
 * @param step counted from 1
 * @param scalars by tag
 */
record ScalarEvent(double wallTime, long step, Map<String, Double> scalars) {

    /** Event: double wall_time = 1; int64 step = 2; string file_version = 3; Summary summary = 5. */
    private static final int WALL_TIME = 1;

    private static final int STEP = 2;
    private static final int FILE_VERSION = 3;
    private static final int SUMMARY = 5;
    /** Summary: repeated Value value = 1. Value: string tag = 1; float simple_value = 2. */
    private static final int VALUE = 1;

    private static final int TAG = 1;
    private static final int SIMPLE_VALUE = 2;

    private static final int VARINT = 0;
    private static final int EIGHT_BYTES = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FOUR_BYTES = 5;
    private static final int WIRE_TYPE_BITS = 3;

    private static final String VERSION = "brain.Event:2";

    /** The first event of every file, which has no step. */
    static byte[] fileVersion(double wallTime) {
        ByteArrayOutputStream event = new ByteArrayOutputStream();
        putDouble(event, wallTime);
        putBytes(event, FILE_VERSION, VERSION.getBytes(StandardCharsets.UTF_8));
        return event.toByteArray();
    }

    /** The event as protocol buffer. */
    byte[] encode() {
        ByteArrayOutputStream summary = new ByteArrayOutputStream();
        scalars.forEach((tag, scalar) -> {
            ByteArrayOutputStream value = new ByteArrayOutputStream();
            putBytes(value, TAG, tag.getBytes(StandardCharsets.UTF_8));
            putKey(value, SIMPLE_VALUE, FOUR_BYTES);
            value.writeBytes(
                    littleEndian(Float.BYTES).putFloat(scalar.floatValue()).array());
            putBytes(summary, VALUE, value.toByteArray());
        });
        ByteArrayOutputStream event = new ByteArrayOutputStream();
        putDouble(event, wallTime);
        putKey(event, STEP, VARINT);
        putVarint(event, step);
        putBytes(event, SUMMARY, summary.toByteArray());
        return event.toByteArray();
    }

    /** The step of an event that was written here; empty for the first of a file. */
    static OptionalLong stepOf(byte[] event) {
        int at = 1 + Double.BYTES;
        if (event.length <= at || event[at] != (byte) (STEP << WIRE_TYPE_BITS | VARINT)) {
            return OptionalLong.empty();
        }
        long step = 0;
        for (int shift = 0; shift < Long.SIZE && ++at < event.length; shift += 7) {
            step |= (long) (event[at] & 0x7f) << shift;
            if (event[at] >= 0) {
                return OptionalLong.of(step);
            }
        }
        return OptionalLong.empty();
    }

    private static void putDouble(ByteArrayOutputStream out, double wallTime) {
        putKey(out, WALL_TIME, EIGHT_BYTES);
        out.writeBytes(littleEndian(Double.BYTES).putDouble(wallTime).array());
    }

    private static void putBytes(ByteArrayOutputStream out, int field, byte[] bytes) {
        putKey(out, field, LENGTH_DELIMITED);
        putVarint(out, bytes.length);
        out.writeBytes(bytes);
    }

    private static void putKey(ByteArrayOutputStream out, int field, int wireType) {
        putVarint(out, (long) field << WIRE_TYPE_BITS | wireType);
    }

    private static void putVarint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
