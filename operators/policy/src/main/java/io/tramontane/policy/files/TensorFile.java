package io.tramontane.policy.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tramontane.policy.TensorSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One safetensors file that is read: the header at once, the values of a tensor when they are asked for and in parts,
 * so that no more is held than what they are read into.
 *
 * <p>Used by one thread.
 */
final class TensorFile implements AutoCloseable {

    /** The reference implementation's bound of the header, bytes. */
    private static final long MAXIMUM_HEADER = 100_000_000;
    /** Bytes read at once: a multiple of every element's. */
    private static final int PART = 1 << 22;

    private static final String METADATA = "__metadata__";

    private final Path file;
    private final FileChannel channel;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final ByteBuffer part = ByteBuffer.allocate(PART).order(ByteOrder.LITTLE_ENDIAN);

    /** @param start of the data, bytes from the beginning of the file */
    private record Entry(String type, List<Long> shape, long start) {}

    private TensorFile(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        long size = channel.size();
        long headerLength = size < Long.BYTES ? -1 : readAt(0, Long.BYTES).getLong();
        if (headerLength < 2 || headerLength > MAXIMUM_HEADER || Long.BYTES + headerLength > size) {
            throw new IOException(file + " is truncated or no safetensors file (" + size + " bytes)");
        }
        JsonNode header = header(headerLength);
        for (Iterator<String> names = header.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!name.equals(METADATA)) {
                entries.put(name, entry(name, header.get(name), Long.BYTES + headerLength, size));
            }
        }
    }

    /** @throws IOException when the file is missing, truncated or no safetensors file; the message names it */
    static TensorFile open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(PolicyFiles.existing(file), StandardOpenOption.READ);
        try {
            return new TensorFile(file, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private JsonNode header(long length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) length);
        readFully(bytes, Long.BYTES);
        try {
            return PolicyFiles.JSON.readTree(bytes.array());
        } catch (JsonProcessingException e) {
            throw new IOException(file + " has a broken safetensors header: " + e.getOriginalMessage(), e);
        }
    }

    private Entry entry(String name, JsonNode json, long dataStart, long fileSize) throws IOException {
        List<Long> shape = new ArrayList<>();
        json.path("shape").forEach(dimension -> shape.add(dimension.asLong(-1)));
        String type = json.path("dtype").asText();
        long start = json.path("data_offsets").path(0).asLong(-1);
        long end = json.path("data_offsets").path(1).asLong(-1);
        if (start < 0 || end < start || shape.stream().anyMatch(dimension -> dimension < 0)) {
            throw new IOException(file + " has a broken safetensors header: tensor " + name + " is " + json);
        }
        if (dataStart + end > fileSize) {
            throw new IOException(file + " is truncated: tensor " + name + " should end at byte " + (dataStart + end)
                    + ", the file has " + fileSize);
        }
        long elements = shape.stream().reduce(1L, Math::multiplyExact);
        if (width(type) > 0 && end - start != Math.multiplyExact(elements, width(type))) {
            throw new IOException(file + " has a broken safetensors header: tensor " + name + " of " + type
                    + " and shape " + shape + " takes " + (end - start) + " bytes");
        }
        return new Entry(type, shape, dataStart + start);
    }

    /** Bytes of an element, 0 of a type that is not read. */
    private static int width(String type) {
        return switch (type) {
            case "F32" -> Float.BYTES;
            case "F16", "BF16" -> Short.BYTES;
            default -> 0;
        };
    }

    Path file() {
        return file;
    }

    Set<String> names() {
        return entries.keySet();
    }

    /** The type in which a tensor is stored, by the format's name. */
    String type(String name) {
        return entries.get(name).type();
    }

    /** What a number that was computed and then stored may differ by, relative to it. */
    double precision(String name) {
        return switch (entries.get(name).type()) {
            case "BF16" -> 0x1p-8;
            case "F16" -> 0x1p-10;
            default -> 1e-5;
        };
    }

    /** Why a tensor cannot be read as this one, in a line, or null. */
    String problem(TensorSpec spec) {
        Entry entry = entries.get(spec.name());
        if (width(entry.type()) == 0) {
            return file + ": tensor " + spec.name() + " is " + entry.type()
                    + ": only F32, BF16 and F16 are read; bring the model in one of them";
        }
        if (!entry.shape().equals(spec.shape())) {
            return file + ": tensor " + spec.name() + " has shape " + text(entry.shape()) + ", the configuration says "
                    + text(spec.shape());
        }
        return null;
    }

    private static String text(List<Long> shape) {
        return shape.toString().replace(" ", "");
    }

    /** What is done with the values of a tensor, which come in order. */
    interface Sink {
        void accept(long index, float value);
    }

    /**
     * The values of a tensor, widened to float32, which holds every value of the shorter types exactly.
     *
     * @param spec one that has no {@link #problem}
     */
    void read(TensorSpec spec, Sink sink) throws IOException {
        Entry entry = entries.get(spec.name());
        int width = width(entry.type());
        long bytes = spec.size() * width;
        for (long at = 0; at < bytes; at += PART) {
            part.clear().limit((int) Math.min(PART, bytes - at));
            readFully(part, entry.start() + at);
            part.flip();
            long index = at / width;
            switch (entry.type()) {
                case "F32" -> {
                    while (part.hasRemaining()) {
                        sink.accept(index++, part.getFloat());
                    }
                }
                case "BF16" -> {
                    while (part.hasRemaining()) {
                        sink.accept(index++, Float.intBitsToFloat(part.getShort() << Short.SIZE));
                    }
                }
                default -> {
                    while (part.hasRemaining()) {
                        sink.accept(index++, ofHalf(part.getShort()));
                    }
                }
            }
        }
    }

    /** The value of an IEEE 754 binary16. */
    static float ofHalf(short half) {
        int exponent = half >> 10 & 0x1f;
        int fraction = half & 0x3ff;
        float magnitude;
        if (exponent == 0x1f) {
            magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
        } else if (exponent == 0) {
            magnitude = Math.scalb((float) fraction, -24);
        } else {
            magnitude = Math.scalb((float) (0x400 + fraction), exponent - 25);
        }
        return half < 0 ? -magnitude : magnitude;
    }

    private ByteBuffer readAt(long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        readFully(buffer, position);
        return buffer.flip();
    }

    private void readFully(ByteBuffer buffer, long position) throws IOException {
        long start = position - buffer.position();
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, start + buffer.position()) < 0) {
                throw new IOException(file + " is truncated at byte " + channel.size());
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
