package io.tramontane.policy.family;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tramontane.policy.DecoderFeatures;
import io.tramontane.policy.ModelType;
import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.RotaryScaling;
import java.util.ArrayList;
import java.util.List;

/**
 * What all families share of their {@code config.json}. The defaults and meanings of keys are those of the classes
 * {@code LlamaConfig}, {@code MistralConfig}, {@code Qwen2Config}, {@code Qwen3Config} and {@code PreTrainedConfig} of
 * transformers 5.24, whose older names are read too.
 */
abstract class ModelFamily {

    /** What a key that is missing means. */
    record Defaults(int vocabulary, int intermediate, int maximumPositions, Integer endOfSequence) {}

    private static final int HIDDEN = 4096;
    private static final int LAYERS = 32;
    private static final int HEADS = 32;
    private static final double EPSILON = 1e-6;

    private static final String EOS = "eos_token_id";
    private static final String KEY_VALUE_HEADS = "num_key_value_heads";
    private static final String HEAD_SIZE = "head_dim";

    /**
     * Keys on which the log-probability of a token, and its derivative, do not depend: names and versions, the type in
     * which the weights are stored (the safetensors say it), defaults of generation, what is returned besides logits.
     * {@code pad_token_id} stops the derivative by an embedding that only padding uses; here padding has none.
     * {@code pretraining_tp} split sums without changing them, and transformers 5 ignores it.
     */
    private static final List<String> INERT = List.of(
            "_commit_hash",
            "_name_or_path",
            "name_or_path",
            "transformers_version",
            "transformers.js_config",
            "unsloth_fixed",
            "unsloth_version",
            "is_llama_config",
            "torch_dtype",
            "dtype",
            "initializer_range",
            "use_cache",
            "pretraining_tp",
            "bos_token_id",
            "pad_token_id",
            "sep_token_id",
            "decoder_start_token_id",
            "prefix",
            "tokenizer_class",
            "return_dict",
            "return_dict_in_generate",
            "output_attentions",
            "output_hidden_states",
            "output_scores",
            "tie_last_hidden_states",
            "attn_implementation",
            "_attn_implementation",
            "_attn_implementation_autoset",
            "torchscript",
            "use_bfloat16",
            "tf_legacy_loss",
            "finetuning_task",
            "task_specific_params",
            "problem_type",
            "id2label",
            "label2id",
            "num_labels",
            "chunk_size_feed_forward",
            "tie_encoder_decoder",
            "is_decoder",
            "max_length",
            "min_length",
            "do_sample",
            "early_stopping",
            "num_beams",
            "num_beam_groups",
            "diversity_penalty",
            "temperature",
            "top_k",
            "top_p",
            "typical_p",
            "repetition_penalty",
            "length_penalty",
            "no_repeat_ngram_size",
            "encoder_no_repeat_ngram_size",
            "bad_words_ids",
            "num_return_sequences",
            "forced_bos_token_id",
            "forced_eos_token_id",
            "remove_invalid_values",
            "exponential_decay_length_penalty",
            "suppress_tokens",
            "begin_suppress_tokens");

    private final ModelType type;
    private final Defaults defaults;

    ModelFamily(ModelType type, Defaults defaults) {
        this.type = type;
        this.defaults = defaults;
    }

    ModelType type() {
        return type;
    }

    /** The features, of which embeddings and rotary positions are read already. */
    abstract DecoderFeatures features(ConfigReader keys, boolean tied, RotaryScaling rotary, int layers);

    /** Heads of keys and values where the key is missing, of so many query heads. */
    abstract int keyValueHeads(int heads);

    /** Features of a head where the key is missing. */
    int headSize(int hidden, int heads) {
        return Math.max(1, hidden / heads);
    }

    /** The keys of the features. */
    abstract void write(DecoderFeatures features, ObjectNode json);

    final ModelConfig read(ConfigReader keys) throws ModelFolderException {
        keys.given("model_type");
        keys.inert(INERT);
        keys.only(
                "architectures",
                "not computed; " + type.architecture() + " is",
                "null",
                "[\"" + type.architecture() + "\"]");
        keys.only("hidden_act", "not computed; silu is", "\"silu\"");
        keys.only("attention_dropout", "nothing is dropped here; write 0", "0", "0.0", "null");
        keys.only("is_encoder_decoder", "only decoders are computed", "false");
        keys.only("add_cross_attention", "only decoders are computed", "false");
        keys.only("cross_attention_hidden_size", "only decoders are computed", "null");
        keys.only("pruned_heads", "pruned heads are not computed", "{}", "[]", "null");
        keys.only("quantization_config", "bring the model as it was before it was quantised", "null");
        keys.only("per_layer_config", "all layers must be alike", "null");
        keys.only("auto_map", "the model's own Python code is not run; bring a model without it", "null");
        int vocabulary = keys.size("vocab_size", defaults.vocabulary());
        int hidden = keys.size("hidden_size", HIDDEN);
        int intermediate = keys.size("intermediate_size", defaults.intermediate());
        int layers = keys.size("num_hidden_layers", LAYERS);
        int heads = keys.size("num_attention_heads", HEADS);
        int keyValueHeads = heads;
        if (keys.given(KEY_VALUE_HEADS) || !keys.present(KEY_VALUE_HEADS)) {
            keyValueHeads = keys.size(KEY_VALUE_HEADS, keyValueHeads(heads));
        }
        int headSize = headSize(hidden, heads);
        if (keys.given(HEAD_SIZE)) {
            headSize = keys.size(HEAD_SIZE, headSize);
        }
        int positions = keys.size("max_position_embeddings", defaults.maximumPositions());
        double epsilon = keys.number("rms_norm_eps", EPSILON);
        boolean tied = keys.flag("tie_word_embeddings", false);
        RotaryKeys rotary = RotaryKeys.read(keys, positions);
        DecoderFeatures features = features(keys, tied, rotary.scaling(), layers);
        int endOfSequence = endOfSequence(keys, vocabulary);
        keys.refuseOthers("model_type " + type.key());
        if (!keys.problems().isEmpty()) {
            throw new ModelFolderException(keys.problems());
        }
        try {
            return new ModelConfig(
                    new PolicyConfig(
                                    vocabulary,
                                    hidden,
                                    intermediate,
                                    layers,
                                    heads,
                                    keyValueHeads,
                                    headSize,
                                    positions,
                                    epsilon,
                                    rotary.theta())
                            .with(features),
                    endOfSequence);
        } catch (IllegalArgumentException e) {
            keys.problem("model_type", e.getMessage());
            throw new ModelFolderException(keys.problems());
        }
    }

    private int endOfSequence(ConfigReader keys, int vocabulary) {
        JsonNode value = keys.value(EOS);
        if (value.isArray() && value.size() == 1) {
            value = value.get(0);
        }
        if (value.isMissingNode() && defaults.endOfSequence() != null) {
            return defaults.endOfSequence();
        }
        if (value.isArray()) {
            keys.problem(EOS, "one token ends a completion here; write that of the end of an answer");
        } else if (!value.isInt() || value.asInt() < 0 || value.asInt() >= vocabulary) {
            keys.problem(EOS, "write the id of the token that ends a completion, below vocab_size");
        }
        return value.asInt(0);
    }

    final void write(ModelConfig model, ObjectNode json) {
        PolicyConfig config = model.config();
        json.putPOJO("architectures", List.of(type.architecture()));
        json.put("model_type", type.key());
        json.put("vocab_size", config.vocabularySize());
        json.put("hidden_size", config.hiddenSize());
        json.put("intermediate_size", config.intermediateSize());
        json.put("num_hidden_layers", config.layers());
        json.put("num_attention_heads", config.attentionHeads());
        json.put(KEY_VALUE_HEADS, config.keyValueHeads());
        json.put(HEAD_SIZE, config.headSize());
        json.put("max_position_embeddings", config.maximumPositions());
        json.put("rms_norm_eps", config.rmsNormEpsilon());
        RotaryKeys.write(config, json);
        json.put("hidden_act", "silu");
        write(config.features(), json);
        json.put("tie_word_embeddings", config.features().tiedEmbeddings());
        json.put("torch_dtype", "float32");
        json.put(EOS, model.endOfSequence());
    }

    /**
     * The windows of Qwen's layers: {@code sliding_window} counts if {@code use_sliding_window}, in the layers that
     * {@code layer_types} names or else from {@code max_window_layers} on.
     */
    static List<Integer> qwenWindows(ConfigReader keys, int layers) {
        boolean used = keys.flag("use_sliding_window", false);
        int size =
                keys.given("sliding_window") || !keys.present("sliding_window") ? keys.size("sliding_window", 4096) : 0;
        int first = keys.count("max_window_layers", 28);
        int window = used ? size : 0;
        JsonNode types = keys.value("layer_types");
        boolean listed = !types.isMissingNode() && !types.isNull();
        if (listed && types.size() != layers) {
            keys.problem("layer_types", "name as many layers as num_hidden_layers");
            return List.of();
        }
        List<Integer> windows = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            String kind = listed ? types.path(layer).asText() : "";
            if (listed && !kind.equals("full_attention") && !kind.equals("sliding_attention")) {
                keys.problem("layer_types", "only full_attention and sliding_attention are computed");
                return List.of();
            }
            if (kind.equals("sliding_attention") && window == 0) {
                keys.problem("layer_types", "sliding_attention needs use_sliding_window and sliding_window");
                return List.of();
            }
            boolean slides = listed ? kind.equals("sliding_attention") : layer >= first;
            windows.add(slides ? window : 0);
        }
        return windows;
    }

    static void writeQwenWindows(DecoderFeatures features, ObjectNode json) {
        json.put("use_sliding_window", features.windowed());
        if (features.windowed()) {
            json.put(
                    "sliding_window",
                    features.windows().stream()
                            .mapToInt(Integer::intValue)
                            .max()
                            .orElseThrow());
            json.putPOJO(
                    "layer_types",
                    features.windows().stream()
                            .map(window -> window > 0 ? "sliding_attention" : "full_attention")
                            .toList());
        }
    }
}
