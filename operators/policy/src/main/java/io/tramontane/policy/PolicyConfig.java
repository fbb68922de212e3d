package io.tramontane.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * Shape of a decoder-only transformer of the Llama family. Names and meaning are those of Hugging Face's
 * {@code LlamaConfig}; embeddings are tied.
 *
 * @param vocabularySize V, tokens
 * @param hiddenSize D, features of the residual stream
 * @param intermediateSize F, features inside the SwiGLU block
 * @param layers decoder layers
 * @param attentionHeads H, query heads
 * @param keyValueHeads heads of keys and values; each serves H / keyValueHeads query heads
 * @param headSize features of a head, even
 * @param maximumPositions longest sequence, tokens
 * @param rmsNormEpsilon added to the mean square before its root is taken
 * @param ropeTheta base of the rotary position embedding
 */
public record PolicyConfig(
        int vocabularySize,
        int hiddenSize,
        int intermediateSize,
        int layers,
        int attentionHeads,
        int keyValueHeads,
        int headSize,
        int maximumPositions,
        double rmsNormEpsilon,
        double ropeTheta) {

    public PolicyConfig {
        if (vocabularySize < 2
                || hiddenSize < 1
                || intermediateSize < 1
                || layers < 1
                || attentionHeads < 1
                || keyValueHeads < 1
                || headSize < 2
                || maximumPositions < 1) {
            throw new IllegalArgumentException("every size of a policy must be positive");
        }
        if (attentionHeads % keyValueHeads != 0) {
            throw new IllegalArgumentException("attention heads (" + attentionHeads
                    + ") must be a multiple of key-value heads (" + keyValueHeads + ")");
        }
        if (headSize % 2 != 0) {
            throw new IllegalArgumentException("head size must be even for rotary embeddings: " + headSize);
        }
    }

    /** Every tensor in the order in which the flat weights hold them, with Hugging Face's names. */
    public List<TensorSpec> tensors() {
        List<TensorSpec> specs = new ArrayList<>();
        specs.add(TensorSpec.of("model.embed_tokens.weight", vocabularySize, hiddenSize));
        int queries = attentionHeads * headSize;
        int keys = keyValueHeads * headSize;
        for (int layer = 0; layer < layers; layer++) {
            String prefix = "model.layers." + layer + ".";
            specs.add(TensorSpec.of(prefix + "input_layernorm.weight", hiddenSize));
            specs.add(TensorSpec.of(prefix + "self_attn.q_proj.weight", queries, hiddenSize));
            specs.add(TensorSpec.of(prefix + "self_attn.k_proj.weight", keys, hiddenSize));
            specs.add(TensorSpec.of(prefix + "self_attn.v_proj.weight", keys, hiddenSize));
            specs.add(TensorSpec.of(prefix + "self_attn.o_proj.weight", hiddenSize, queries));
            specs.add(TensorSpec.of(prefix + "post_attention_layernorm.weight", hiddenSize));
            specs.add(TensorSpec.of(prefix + "mlp.gate_proj.weight", intermediateSize, hiddenSize));
            specs.add(TensorSpec.of(prefix + "mlp.up_proj.weight", intermediateSize, hiddenSize));
            specs.add(TensorSpec.of(prefix + "mlp.down_proj.weight", hiddenSize, intermediateSize));
        }
        specs.add(TensorSpec.of("model.norm.weight", hiddenSize));
        return specs;
    }
}
