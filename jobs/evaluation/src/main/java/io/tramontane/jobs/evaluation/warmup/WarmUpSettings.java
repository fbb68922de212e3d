package io.tramontane.jobs.evaluation.warmup;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.tramontane.jobs.data.wordproblems.DemonstrationMix;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;

/** Settings of the supervised warm-up. */
public record WarmUpSettings(
        @JsonPropertyDescription("Optimizer steps.") @Positive
        int steps,

        @JsonPropertyDescription("Demonstrations in a step.") @Positive
        int batchSize,

        @JsonPropertyDescription("Demonstrations whose gradient is computed in one call.") @Positive
        int microBatchSize,

        @JsonPropertyDescription(
                "Threads that compute gradients; their number is part of what makes a warm-up reproducible.")
        @Positive
        int threads,

        @JsonPropertyDescription("Highest learning rate.") @Positive
        double learningRate,

        @JsonPropertyDescription("Steps over which the learning rate rises linearly; it then falls like a cosine.")
        @PositiveOrZero
        int learningRateWarmUpSteps,

        @JsonPropertyDescription("Learning rate of the last step as a share of the highest.")
        @PositiveOrZero
        @DecimalMax("1")
        double finalLearningRateShare,

        @JsonPropertyDescription("Share of the steps, from the first, that mostly show calculations; the mix follows.")
        @PositiveOrZero
        @DecimalMax("1")
        double calculationShare,

        @JsonPropertyDescription("Share of demonstrations that calculate in those first steps; the others guess.")
        @PositiveOrZero
        @DecimalMax("1")
        double calculationChainShare,

        @JsonPropertyDescription("What the demonstrations are like.") @NotNull @Valid
        DemonstrationMix mix) {

    /** The learning rate of each step. */
    LearningRateSchedule learningRates() {
        return new LearningRateSchedule(steps, learningRate, learningRateWarmUpSteps, finalLearningRateShare);
    }
}
