package io.tramontane.policy.family;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tramontane.policy.ModelType;
import io.tramontane.policy.PolicyConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a {@code config.json} says.
 *
 * @param endOfSequence id of the token that ends a completion
 */
public record ModelConfig(PolicyConfig config, int endOfSequence) {

    private static final Map<ModelType, ModelFamily> FAMILIES =
            List.of(new LlamaFamily(), new MistralFamily(), new Qwen2Family(), new Qwen3Family()).stream()
                    .collect(Collectors.toMap(ModelFamily::type, family -> family));

    private static final String EXPERTS = "it routes tokens to experts";
    private static final String MULTIMODAL = "it reads images too";

    /** Model types that are near to those computed, and why they are not. */
    private static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry("mixtral", EXPERTS),
            Map.entry("qwen2_moe", EXPERTS),
            Map.entry("qwen3_moe", EXPERTS),
            Map.entry("qwen3_next", EXPERTS),
            Map.entry("mistral4", EXPERTS),
            Map.entry("llama4", EXPERTS),
            Map.entry("llama4_text", EXPERTS),
            Map.entry("ministral", "its layers alternate between windows and all positions"),
            Map.entry("ministral3", "it scales queries by their position"),
            Map.entry("mistral3", MULTIMODAL),
            Map.entry("mllama", MULTIMODAL),
            Map.entry("qwen2_vl", MULTIMODAL),
            Map.entry("qwen2_5_vl", MULTIMODAL),
            Map.entry("phi3", "its projections are fused and its rotary positions depend on the length"),
            Map.entry("gemma", "it gates by gelu and scales its embeddings"),
            Map.entry("gemma2", "it gates by gelu, scales its embeddings and caps its logits"),
            Map.entry("gemma3_text", "it gates by gelu and scales its embeddings"),
            Map.entry("gemma3", MULTIMODAL));

    /**
     * Reads it.
     *
     * @param file for messages
     * @throws ModelFolderException with every problem when something of it is not computed as transformers does
     */
    public static ModelConfig read(Path file, JsonNode json) throws ModelFolderException {
        String type = json.path("model_type").asText("");
        String value = json.has("model_type") ? " = " + json.get("model_type") : " is missing";
        for (ModelType known : ModelType.values()) {
            if (known.key().equals(type)) {
                return FAMILIES.get(known).read(new ConfigReader(file.toString(), json));
            }
        }
        String families =
                FAMILIES.keySet().stream().map(ModelType::key).sorted().collect(Collectors.joining(", "));
        String reason = REFUSED.containsKey(type) ? ", for " + REFUSED.get(type) : "";
        throw new ModelFolderException(
                List.of(file + ": model_type" + value + ": not computed" + reason + "; bring a model of " + families));
    }

    /** Writes the keys that {@link #read} makes this of. */
    public void write(ObjectNode json) {
        FAMILIES.get(config.features().type()).write(this, json);
    }
}
