package io.tramontane.policy.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tramontane.policy.TensorSpec;
import io.tramontane.policy.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Reads and writes float32 tensors in Hugging Face's safetensors format: an eight-byte little-endian length, a JSON
 * header with type, shape and place of each tensor, the data.
 */
final class Safetensors {

    /** The reference implementation's bound of the header, bytes. */
    private static final long MAXIMUM_HEADER = 100_000_000;

    private Safetensors() {}

    static void write(Path file, Weights weights) throws IOException {
        ObjectNode header = PolicyFiles.JSON.createObjectNode();
        header.putObject("__metadata__").put("format", "pt");
        long offset = 0;
        for (TensorSpec spec : weights.specs()) {
            ObjectNode tensor = header.putObject(spec.name());
            tensor.put("dtype", "F32");
            tensor.putPOJO("shape", spec.shape());
            long end = offset + spec.size() * Float.BYTES;
            tensor.putPOJO("data_offsets", List.of(offset, end));
            offset = end;
        }
        byte[] json = PolicyFiles.JSON.writeValueAsBytes(header);
        // The data begins at a multiple of eight bytes; the header is filled up with spaces, which JSON allows.
        int padded = (json.length + 7) / 8 * 8;
        ByteBuffer head = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
        head.putLong(padded).put(json).put(" ".repeat(padded - json.length).getBytes(StandardCharsets.US_ASCII));
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            writeFully(channel, head.flip());
            writeFully(channel, weights.toBytes());
            channel.force(true);
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /**
     * Reads the named tensors in the given order; the file may hold others as well.
     *
     * @throws IOException when the file is truncated, no safetensors file, or lacks a tensor; the message names it
     */
    static Weights read(Path file, List<TensorSpec> specs) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            long headerLength = size < Long.BYTES
                    ? -1
                    : readAt(channel, 0, Long.BYTES, file).getLong();
            if (headerLength < 2 || headerLength > MAXIMUM_HEADER || Long.BYTES + headerLength > size) {
                throw new IOException(file + " is truncated or no safetensors file (" + size + " bytes)");
            }
            JsonNode header = header(file, readAt(channel, Long.BYTES, (int) headerLength, file));
            long dataStart = Long.BYTES + headerLength;
            float[] values = new float
                    [Math.toIntExact(specs.stream().mapToLong(TensorSpec::size).sum())];
            int at = 0;
            for (TensorSpec spec : specs) {
                long offset = place(file, header, spec);
                int bytes = Math.toIntExact(spec.size() * Float.BYTES);
                if (dataStart + offset + bytes > size) {
                    throw new IOException(file + " is truncated: tensor " + spec.name() + " should end at byte "
                            + (dataStart + offset + bytes) + ", the file has " + size);
                }
                readAt(channel, dataStart + offset, bytes, file).asFloatBuffer().get(values, at, (int) spec.size());
                at += (int) spec.size();
            }
            return new Weights(specs, values);
        }
    }

    private static JsonNode header(Path file, ByteBuffer bytes) throws IOException {
        try {
            return PolicyFiles.JSON.readTree(bytes.array());
        } catch (JsonProcessingException e) {
            throw new IOException(file + " has a broken safetensors header: " + e.getOriginalMessage(), e);
        }
    }

    private static long place(Path file, JsonNode header, TensorSpec spec) throws IOException {
        JsonNode tensor = header.get(spec.name());
        if (tensor == null) {
            throw new IOException(file + " lacks the tensor " + spec.name());
        }
        if (!tensor.path("dtype").asText().equals("F32")) {
            throw new IOException(file + ": tensor " + spec.name() + " is "
                    + tensor.path("dtype").asText() + "; only F32 is supported");
        }
        if (!tensor.path("shape").toString().equals(spec.shape().toString().replace(" ", ""))) {
            throw new IOException(file + ": tensor " + spec.name() + " has shape " + tensor.path("shape")
                    + ", the configuration says " + spec.shape());
        }
        return tensor.path("data_offsets").path(0).asLong();
    }

    private static ByteBuffer readAt(FileChannel channel, long position, int length, Path file) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new IOException(file + " is truncated at byte " + channel.size());
            }
        }
        return buffer.flip();
    }
}
