package io.tramontane.rewards.correctness;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import java.io.Serializable;

/** Settings of the correctness reward. */
public record CorrectnessSettings(
        @JsonPropertyDescription("Whether answers are verified.") @NotNull
        Boolean enabled,

        @JsonPropertyDescription("Reward for an answer that equals the reference.") @NotNull @PositiveOrZero
        Double weight,

        @JsonPropertyDescription(
                "How answers are verified: as plain numbers (numeric), as mathematics (math), by running"
                        + " them against tests (code), or as each problem says, math where it does not (automatic).")
        @NotNull
        VerifierChoice verifier,

        @JsonPropertyDescription(
                "Whether what is not right earns a share of the weight: a program that of the tests it passes, a wrong"
                        + " number that of its digits which are in place. Verdicts stay as they are.")
        @NotNull
        Boolean partialCredit)
        implements Serializable {}
