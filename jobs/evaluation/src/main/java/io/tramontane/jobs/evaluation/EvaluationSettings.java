package io.tramontane.jobs.evaluation;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;

/** Settings of an evaluation. */
public record EvaluationSettings(
        @JsonPropertyDescription("Held-out problems.") @Positive
        int problems,

        @JsonPropertyDescription("Completions sampled of each problem.") @Positive @Max(256)
        int samplesPerProblem,

        @JsonPropertyDescription("Temperature of the sampling; 0 is greedy.") @PositiveOrZero
        float temperature,

        @JsonPropertyDescription("A completion is truncated at so many tokens.") @Positive
        int maximumNewTokens,

        @JsonPropertyDescription("Sequences decoded side by side.") @Positive
        int slots,

        @JsonPropertyDescription("Confidence of the interval, e.g. 0.95.") @DecimalMin("0.5") @DecimalMax("0.999")
        double confidence,

        @JsonPropertyDescription("Evaluation beside training.") @NotNull @Valid
        PeriodicSettings periodic) {

    /** What an evaluation beside training samples. */
    public EvaluationSettings ofPeriodic() {
        return new EvaluationSettings(
                periodic.problems(),
                periodic.samplesPerProblem(),
                temperature,
                maximumNewTokens,
                periodic.slots(),
                confidence,
                periodic);
    }
}
