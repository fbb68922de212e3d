package io.tramontane.rewards.gate;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.tramontane.rewards.format.ThinkPart;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import java.io.Serializable;

/** Settings of the format gate. */
public record FormatSettings(
        @JsonPropertyDescription("Whether the form is looked at; if not, anything is graded.") @NotNull
        Boolean enabled,

        @JsonPropertyDescription("Whether a completion of the wrong form earns exactly 0 and is graded no further.")
        @NotNull
        Boolean gate,

        @JsonPropertyDescription(
                "Whether completions open with <think>thoughts</think> (required) or have no such part (absent).")
        @NotNull
        ThinkPart thinkPart,

        @JsonPropertyDescription("Reward for passing the gate.") @NotNull @PositiveOrZero
        Double weight)
        implements Serializable {}
