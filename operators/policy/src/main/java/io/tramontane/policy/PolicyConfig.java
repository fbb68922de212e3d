package io.tramontane.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * Shape of a decoder-only transformer of the Llama family or one near to it. Names and meaning are those of Hugging
 * Face's {@code LlamaConfig}.
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
 * @param features in what it differs from a plain Llama with tied embeddings
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
        double ropeTheta,
        DecoderFeatures features) {

    /** A plain Llama with tied embeddings. */
    public PolicyConfig(
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
        this(
                vocabularySize,
                hiddenSize,
                intermediateSize,
                layers,
                attentionHeads,
                keyValueHeads,
                headSize,
                maximumPositions,
                rmsNormEpsilon,
                ropeTheta,
                DecoderFeatures.PLAIN);
    }

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
        if (!(rmsNormEpsilon >= 0) || !(ropeTheta > 1)) {
            throw new IllegalArgumentException("the epsilon of norms must not be negative (" + rmsNormEpsilon
                    + ") and the base of rotary positions larger than 1 (" + ropeTheta + ")");
        }
        if (features.windowed() && features.windows().size() != layers) {
            throw new IllegalArgumentException(
                    features.windows().size() + " windows of attention are given for " + layers + " layers");
        }
    }

    /** The same sizes with these features. */
    public PolicyConfig with(DecoderFeatures others) {
        return new PolicyConfig(
                vocabularySize,
                hiddenSize,
                intermediateSize,
                layers,
                attentionHeads,
                keyValueHeads,
                headSize,
                maximumPositions,
                rmsNormEpsilon,
                ropeTheta,
                others);
    }

    /** Every tensor in the order in which the flat weights hold them, with Hugging Face's names. */
    public List<TensorSpec> tensors() {
        List<TensorSpec> specs = new ArrayList<>();
        specs.add(TensorSpec.of("model.embed_tokens.weight", vocabularySize, hiddenSize));
        for (int layer = 0; layer < layers; layer++) {
            String prefix = "model.layers." + layer + ".";
            layerTensors().forEach(spec -> specs.add(new TensorSpec(prefix + spec.name(), spec.shape())));
        }
        specs.add(TensorSpec.of("model.norm.weight", hiddenSize));
        if (!features.tiedEmbeddings()) {
            specs.add(TensorSpec.of("lm_head.weight", vocabularySize, hiddenSize));
        }
        return specs;
    }

    /** The tensors of any one layer in their order, by the names they have within it. */
    public List<TensorSpec> layerTensors() {
        int queries = attentionHeads * headSize;
        int keys = keyValueHeads * headSize;
        List<TensorSpec> specs = new ArrayList<>();
        specs.add(TensorSpec.of("input_layernorm.weight", hiddenSize));
        projection(specs, "self_attn.q_proj", queries, hiddenSize, features.queryKeyValueBiases());
        projection(specs, "self_attn.k_proj", keys, hiddenSize, features.queryKeyValueBiases());
        projection(specs, "self_attn.v_proj", keys, hiddenSize, features.queryKeyValueBiases());
        projection(specs, "self_attn.o_proj", hiddenSize, queries, features.attentionOutputBias());
        if (features.queryKeyNorms()) {
            specs.add(TensorSpec.of("self_attn.q_norm.weight", headSize));
            specs.add(TensorSpec.of("self_attn.k_norm.weight", headSize));
        }
        specs.add(TensorSpec.of("post_attention_layernorm.weight", hiddenSize));
        projection(specs, "mlp.gate_proj", intermediateSize, hiddenSize, features.feedForwardBiases());
        projection(specs, "mlp.up_proj", intermediateSize, hiddenSize, features.feedForwardBiases());
        projection(specs, "mlp.down_proj", hiddenSize, intermediateSize, features.feedForwardBiases());
        return specs;
    }

    private static void projection(List<TensorSpec> specs, String name, int rows, int columns, boolean bias) {
        specs.add(TensorSpec.of(name + ".weight", rows, columns));
        if (bias) {
            specs.add(TensorSpec.of(name + ".bias", rows));
        }
    }
}
