package io.tramontane.rewards.math.comparison;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.io.Serializable;

/** What counts as the same mathematical answer, and how much work a comparison may be. */
public record MathSettings(
        @JsonPropertyDescription(
                "Whether the items of a list without brackets must come in the reference's order; those of a tuple always must.")
        boolean orderedLists,

        @JsonPropertyDescription("Whether 28 answers 28% as well as 0.28 does, and the other way round.")
        boolean percentAsNumber,

        @JsonPropertyDescription(
                "Whether a unit that stands on one side only is overlooked; different units never are.")
        boolean missingUnits,

        @JsonPropertyDescription(
                "Decimals to which numbers are rounded before they are compared; -1: not at all, 0.33 is not 1/3.")
        @Min(-1)
        @Max(50)
        int roundingDecimals,

        @JsonPropertyDescription("Steps a comparison may take, of some 20 ns each; beyond them the verdict is TIMEOUT.")
        @Positive
        long steps,

        @JsonPropertyDescription("Characters an answer may have; a longer one is ungradable.") @Positive
        int characters)
        implements Serializable {}
