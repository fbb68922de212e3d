package io.tramontane.policy.training;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.io.Serializable;

/** AdamW (Loshchilov and Hutter, "Decoupled Weight Decay Regularization") with a schedule of the learning rate. */
public record OptimizerSettings(
        @JsonPropertyDescription("Learning rate after the warm-up.") @Positive
        double learningRate,

        @JsonPropertyDescription("Steps over which the learning rate rises linearly from zero.") @PositiveOrZero
        int warmUpSteps,

        @JsonPropertyDescription("Decay of the first moment.") @DecimalMin("0") @DecimalMax("0.99999")
        double beta1,

        @JsonPropertyDescription("Decay of the second moment.") @DecimalMin("0") @DecimalMax("0.99999")
        double beta2,

        @JsonPropertyDescription("Added to the root of the second moment.") @Positive
        double epsilon,

        @JsonPropertyDescription("Decoupled weight decay; norms are exempt.") @PositiveOrZero
        double weightDecay,

        @JsonPropertyDescription("The gradient is scaled down to this L2 norm when it is longer; 0 switches that off.")
        @PositiveOrZero
        double maximumGradientNorm,

        @JsonPropertyDescription("How the learning rate falls after the warm-up.") @NotNull @Valid
        RateSchedule schedule)
        implements Serializable {

    /** With a rate that stays where it is after the warm-up. */
    public OptimizerSettings(
            double learningRate,
            int warmUpSteps,
            double beta1,
            double beta2,
            double epsilon,
            double weightDecay,
            double maximumGradientNorm) {
        this(learningRate, warmUpSteps, beta1, beta2, epsilon, weightDecay, maximumGradientNorm, RateSchedule.CONSTANT);
    }

    /** Whether the rate falls after it has risen. */
    @JsonIgnore
    @AssertTrue(message = "schedule.steps must be more than warm-up-steps when the learning rate falls")
    public boolean isScheduleBehindWarmUp() {
        return schedule == null || !schedule.falls() || schedule.steps() > warmUpSteps;
    }

    /** The rate of a step, counted from 1. */
    public double learningRateAt(long step) {
        return step < warmUpSteps
                ? learningRate * step / warmUpSteps
                : learningRate * schedule.share(step, warmUpSteps);
    }
}
