package io.tramontane.jobs.run.tensorboard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a file of events by the definitions of TensorFlow (record_writer.cc, event.proto, summary.proto), with a
 * checksum computed bit by bit: nothing in common with the writer. Whatever is malformed fails.
 */
final class EventReader {

    /** @param fileVersion of the first event of a file, else empty */
    record Event(double wallTime, long step, String fileVersion, Map<String, Float> scalars) {}

    private EventReader() {}

    static List<Event> read(Path file) throws IOException {
        ByteBuffer bytes = message(Files.readAllBytes(file));
        List<Event> events = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte[] length = new byte[8];
            bytes.get(length);
            check(bytes.getInt(), length);
            byte[] event = new byte[Math.toIntExact(message(length).getLong())];
            bytes.get(event);
            check(bytes.getInt(), event);
            events.add(event(message(event)));
        }
        return events;
    }

    private static void check(int masked, byte[] data) {
        int crc = ~0;
        for (byte next : data) {
            crc ^= next & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc >>> 1) ^ ((crc & 1) == 0 ? 0 : 0x82f63b78);
            }
        }
        long unsigned = ~crc & 0xffffffffL;
        long rotated = (unsigned >>> 15 | unsigned << 17) & 0xffffffffL;
        require((int) (rotated + 0xa282ead8L) == masked, "checksum");
    }

    private static Event event(ByteBuffer message) {
        double wallTime = 0;
        long step = 0;
        String version = "";
        Map<String, Float> scalars = new LinkedHashMap<>();
        while (message.hasRemaining()) {
            switch ((int) varint(message)) {
                case 1 << 3 | 1 -> wallTime = message.getDouble();
                case 2 << 3 -> step = varint(message);
                case 3 << 3 | 2 -> version = text(message);
                case 5 << 3 | 2 -> scalars.putAll(summary(part(message)));
                default -> throw new IllegalArgumentException("no field of Event that we write");
            }
        }
        return new Event(wallTime, step, version, scalars);
    }

    private static Map<String, Float> summary(ByteBuffer message) {
        Map<String, Float> scalars = new LinkedHashMap<>();
        while (message.hasRemaining()) {
            require(varint(message) == (1 << 3 | 2), "Summary.value");
            ByteBuffer value = part(message);
            require(varint(value) == (1 << 3 | 2), "Value.tag");
            String tag = text(value);
            require(varint(value) == (2 << 3 | 5), "Value.simple_value");
            require(scalars.put(tag, value.getFloat()) == null, "one value a tag");
            require(!value.hasRemaining(), "end of Value");
        }
        return scalars;
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException("expected: " + what);
        }
    }

    private static ByteBuffer message(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer part(ByteBuffer message) {
        byte[] bytes = new byte[Math.toIntExact(varint(message))];
        message.get(bytes);
        return message(bytes);
    }

    private static String text(ByteBuffer message) {
        return StandardCharsets.UTF_8.decode(part(message)).toString();
    }

    private static long varint(ByteBuffer message) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = message.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
