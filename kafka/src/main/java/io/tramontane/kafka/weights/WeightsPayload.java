package io.tramontane.kafka.weights;

import io.tramontane.schemas.TensorEntry;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The tensors of one version of the weights.
 *
 * @param tensors name, shape and byte offset of each, within {@code data}
 * @param data float32 little-endian, at most 2 GiB; its position to its limit. Not copied: nobody may write to it while
 *     it is published
 */
public record WeightsPayload(List<TensorEntry> tensors, ByteBuffer data) {

    /** @throws IllegalArgumentException when a tensor lies outside the data */
    public WeightsPayload {
        tensors = List.copyOf(tensors);
        for (TensorEntry tensor : tensors) {
            if (!liesWithin(tensor, data.remaining())) {
                throw new IllegalArgumentException("tensor " + tensor.getName() + " with shape " + tensor.getShape()
                        + " at offset " + tensor.getOffset() + " lies outside of " + data.remaining() + " bytes");
            }
        }
    }

    private static boolean liesWithin(TensorEntry tensor, int dataBytes) {
        // In floats and rounded down, so that no shape can overflow: each factor is checked before it is applied.
        long most = (dataBytes - tensor.getOffset()) / Float.BYTES;
        long floats = 1;
        for (long dimension : tensor.getShape()) {
            if (dimension < 0 || (dimension > 0 && floats > most / dimension)) {
                return false;
            }
            floats *= dimension;
        }
        return tensor.getOffset() >= 0 && tensor.getOffset() <= dataBytes && floats <= most;
    }

    /** A view with its own position; the bytes are shared. */
    @Override
    public ByteBuffer data() {
        return data.duplicate().order(data.order());
    }
}
