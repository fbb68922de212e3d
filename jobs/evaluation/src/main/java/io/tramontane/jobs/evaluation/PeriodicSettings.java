package io.tramontane.jobs.evaluation;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;

/** Settings of the evaluation beside training. */
public record PeriodicSettings(
        @JsonPropertyDescription("The weights of every so many steps are measured; 0 for none.") @PositiveOrZero
        int everySteps,

        @JsonPropertyDescription(
                "Held-out problems, drawn by the run's seed from those of evaluation.problems; the same each time.")
        @Positive
        int problems,

        @JsonPropertyDescription("Completions sampled of each problem.") @Positive @Max(256)
        int samplesPerProblem,

        @JsonPropertyDescription("Sequences decoded side by side; few, so that no decoding step takes long.") @Positive
        int slots,

        @JsonPropertyDescription(
                "Share of one processor that the measuring thread may take; it rests for the remaining time.")
        @DecimalMin("0.01")
        @DecimalMax("1")
        double processorShare) {}
