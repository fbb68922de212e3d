package io.tramontane.jobs.evaluation.coldstart;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;

/** Settings of supervised fine-tuning on the correct traces of a run (Magistral §5.3). */
public record ColdStartSettings(
        @JsonPropertyDescription("Times that every sequence is trained on.") @Positive
        int epochs,

        @JsonPropertyDescription("Share of general data among the sequences: demonstrations of the warm-up.")
        @PositiveOrZero
        @DecimalMax("0.9")
        double generalShare,

        @JsonPropertyDescription("Sequences in a step.") @Positive
        int batchSize,

        @JsonPropertyDescription("Sequences whose gradient is computed in one call.") @Positive
        int microBatchSize,

        @JsonPropertyDescription(
                "Threads that compute gradients; their number is part of what makes a cold start reproducible.")
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

        @JsonPropertyDescription("The completions to learn from.") @NotNull @Valid
        TraceSettings traces) {

    /** How many sequences of general data go with so many traces. */
    int generalSequences(int traceCount) {
        return (int) Math.round(traceCount * generalShare / (1 - generalShare));
    }
}
