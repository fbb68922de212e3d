package io.tramontane.policy;

/** The families of models that are computed, by the {@code model_type} of their {@code config.json}. */
public enum ModelType {
    LLAMA("llama", "LlamaForCausalLM"),
    MISTRAL("mistral", "MistralForCausalLM"),
    QWEN2("qwen2", "Qwen2ForCausalLM"),
    QWEN3("qwen3", "Qwen3ForCausalLM");

    private final String key;
    private final String architecture;

    ModelType(String key, String architecture) {
        this.key = key;
        this.architecture = architecture;
    }

    /** The value of {@code model_type}. */
    public String key() {
        return key;
    }

    /** The one value of {@code architectures} that is a language model with this decoder. */
    public String architecture() {
        return architecture;
    }
}
