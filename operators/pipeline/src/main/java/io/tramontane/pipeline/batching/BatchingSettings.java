package io.tramontane.pipeline.batching;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.tramontane.policy.objective.AdvantageNormalisation;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.io.Serializable;

/** How groups become batches, and batches micro-batches. */
public record BatchingSettings(
        @JsonPropertyDescription(
                "Completions of trainable groups a batch (one optimizer step) has; groups are never split, so a multiple of the group size.")
        @Positive
        int completionsPerBatch,

        @JsonPropertyDescription("Tokens, prompts included, a micro-batch may have; a longer sequence travels alone.")
        @Positive
        int microBatchTokens,

        @JsonPropertyDescription("Over what advantages are normalised: the minibatch, the group, or not at all.")
        @NotNull
        AdvantageNormalisation normalisation)
        implements Serializable {}
