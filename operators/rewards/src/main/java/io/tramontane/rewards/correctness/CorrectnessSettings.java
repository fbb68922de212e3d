package io.tramontane.rewards.correctness;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import java.io.Serializable;

/** Settings of the correctness reward. */
public record CorrectnessSettings(
        @JsonPropertyDescription("Reward for an answer that equals the reference.") @NotNull @PositiveOrZero
        Double weight)
        implements Serializable {}
