package io.tramontane.policy;

import java.util.List;

/**
 * In what a decoder differs from the plain one: a Llama with tied embeddings, no biases and unscaled rotary positions.
 *
 * @param type the family whose {@code config.json} says so
 * @param tiedEmbeddings whether the embedding is the output layer too; otherwise there is an {@code lm_head.weight}
 * @param queryKeyValueBiases whether the projections to queries, keys and values add a bias
 * @param attentionOutputBias whether the projection back from the heads adds a bias
 * @param feedForwardBiases whether the three projections of the SwiGLU block add a bias
 * @param queryKeyNorms whether queries and keys pass an RMSNorm over the features of a head before they are rotated
 * @param rotary how the frequencies of rotary positions are scaled
 * @param windows for each layer how many positions a token attends to, itself included, or 0 for all before it; empty
 *     when every layer attends to all
 */
public record DecoderFeatures(
        ModelType type,
        boolean tiedEmbeddings,
        boolean queryKeyValueBiases,
        boolean attentionOutputBias,
        boolean feedForwardBiases,
        boolean queryKeyNorms,
        RotaryScaling rotary,
        List<Integer> windows) {

    /** The plain decoder. */
    public static final DecoderFeatures PLAIN =
            new DecoderFeatures(ModelType.LLAMA, true, false, false, false, false, new RotaryScaling.None(), List.of());

    public DecoderFeatures {
        windows = windows.stream().allMatch(window -> window == 0) ? List.of() : List.copyOf(windows);
        if (windows.stream().anyMatch(window -> window < 0)) {
            throw new IllegalArgumentException("a window of attention must be positive: " + windows);
        }
    }

    /** Whether some layer attends to a window only. */
    public boolean windowed() {
        return !windows.isEmpty();
    }
}
