package io.tramontane.policy.objective.correction;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.io.Serializable;
import java.util.Optional;

/**
 * Which corrections multiply the weights of tokens. All of them are computed from the sequence as it was sampled, so
 * their order does not matter; it is that of the components. What a mask leaves out stays in the divisor of the loss.
 *
 * <p>The masks go with every loss. The truncated weight goes only with one that has no importance ratio in it, such as
 * {@code reinforce} with {@code ratio-cap} 0: here π_θ/μ is one ratio for versions and engines together, where verl and
 * TRL keep two, so in any other loss it would count twice ({@link #refusal}).
 */
public record CorrectionSettings(
        @JsonPropertyDescription(
                "Truncated importance weight of each token or sequence, against samples of another engine"
                        + " or an older version; only for a loss that has no importance ratio itself.")
        @NotNull
        ImportanceWeight importanceWeight,

        @JsonPropertyDescription("C: upper bound of the truncated importance weight.") @Positive
        double importanceWeightCap,

        @JsonPropertyDescription(
                "Whether a sequence counts only if the geometric mean of its importance ratios is within bounds.")
        boolean geometricMask,

        @JsonPropertyDescription("Lower bound of the geometric mean of the importance ratios.") @PositiveOrZero
        double geometricMinimum,

        @JsonPropertyDescription("Upper bound of the geometric mean of the importance ratios.") @Positive
        double geometricMaximum,

        @JsonPropertyDescription("δ of the off-policy sequence mask, in nats a token: a sequence of negative advantage"
                + " that has become less probable by more than this counts nothing; 0 switches it off.")
        @PositiveOrZero
        double offPolicyThreshold)
        implements Serializable {

    /** C of verl, the bounds of SkyRL; the source of the off-policy mask does not publish δ. */
    public static final CorrectionSettings OFF = new CorrectionSettings(ImportanceWeight.OFF, 2, false, 0.99, 1.01, 0);

    /** Whether the geometric mask lets any sequence through. */
    @JsonIgnore
    @AssertTrue(message = "geometric-minimum must not exceed geometric-maximum")
    public boolean isMinimumWithinMaximum() {
        return geometricMinimum <= geometricMaximum;
    }

    /** Whether nothing is corrected. */
    public boolean off() {
        return importanceWeight == ImportanceWeight.OFF && !geometricMask && offPolicyThreshold == 0;
    }

    /**
     * Why a loss must not be trained with these corrections, if so, in one line that says what to do.
     *
     * @param loss its name
     * @param carriesRatio what {@link io.tramontane.policy.objective.PolicyLossPlugin#carriesRatio} says
     */
    public Optional<String> refusal(String loss, boolean carriesRatio) {
        if (importanceWeight == ImportanceWeight.OFF || !carriesRatio) {
            return Optional.empty();
        }
        return Optional.of(
                "the loss '" + loss + "' has the importance ratio in it, and importance-weight would count it"
                        + " twice: set importance-weight to off, or take the loss 'reinforce' with ratio-cap 0");
    }
}
