package io.tramontane.policy.grpo;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.tramontane.policy.objective.LossDivisor;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.io.Serializable;

/** The switches of the GRPO loss (Magistral §2.1). */
public record LossSettings(
        @JsonPropertyDescription("ε_low: the importance ratio is clipped below at 1 − ε_low.")
        @Positive
        @DecimalMax("1")
        double clipLow,

        @JsonPropertyDescription("ε_high: the importance ratio is clipped above at 1 + ε_high (clip-higher).") @Positive
        double clipHigh,

        @JsonPropertyDescription(
                "What the sum over tokens is divided by: all completion tokens, the mean of every sequence, or a constant.")
        @NotNull
        LossDivisor divisor,

        @JsonPropertyDescription("The divisor when it is a constant, in tokens.") @Positive
        double constantDivisor,

        @JsonPropertyDescription(
                "Upper bound of the importance ratio before clipping (truncated importance weight); 0 switches it off.")
        @PositiveOrZero
        double importanceWeightCap,

        @JsonPropertyDescription(
                "Weight of the KL divergence from the base policy; 0 (the recipe) needs no reference policy.")
        @PositiveOrZero
        double klCoefficient)
        implements Serializable {}
