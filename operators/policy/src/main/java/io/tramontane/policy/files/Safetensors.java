package io.tramontane.policy.files;

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
 * Writes float32 tensors in Hugging Face's safetensors format: an eight-byte little-endian length, a JSON header with
 * type, shape and place of each tensor, the data. {@link ModelTensors} reads.
 */
final class Safetensors {

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
}
