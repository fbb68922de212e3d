package io.tramontane.jobs.data.wordproblems;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.tramontane.policy.PolicyConfig;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;

/** Shape of the policy that learns the built-in task, made by the warm-up. */
public record PolicySettings(
        @JsonPropertyDescription("Tokens of the byte-pair vocabulary, at most.") @Min(300)
        int vocabularySize,

        @JsonPropertyDescription("Features of the residual stream.") @Positive
        int hiddenSize,

        @JsonPropertyDescription("Features inside the SwiGLU block.") @Positive
        int intermediateSize,

        @JsonPropertyDescription("Decoder layers.") @Positive
        int layers,

        @JsonPropertyDescription("Query heads.") @Positive int attentionHeads,

        @JsonPropertyDescription("Heads of keys and values; a divisor of the query heads.") @Positive
        int keyValueHeads,

        @JsonPropertyDescription("Features of a head; even.") @Min(2)
        int headSize,

        @JsonPropertyDescription("Longest sequence, prompt and completion together, in tokens.") @Positive
        int maximumPositions) {

    private static final double RMS_NORM_EPSILON = 1e-6;
    private static final double ROPE_THETA = 10_000;

    /** Whether the heads can be grouped and rotated. */
    @JsonIgnore
    @AssertTrue(message = "key-value-heads must divide attention-heads, and head-size must be even")
    public boolean isHeadsConsistent() {
        return keyValueHeads > 0 && attentionHeads % keyValueHeads == 0 && headSize % 2 == 0;
    }

    /** The configuration for a tokenizer with so many tokens. */
    public PolicyConfig toConfig(int tokens) {
        return new PolicyConfig(
                tokens,
                hiddenSize,
                intermediateSize,
                layers,
                attentionHeads,
                keyValueHeads,
                headSize,
                maximumPositions,
                RMS_NORM_EPSILON,
                ROPE_THETA);
    }
}
