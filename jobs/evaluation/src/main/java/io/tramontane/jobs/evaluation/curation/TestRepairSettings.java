package io.tramontane.jobs.evaluation.curation;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;

/** How much programs must agree for a test to be believed, or corrected. */
public record TestRepairSettings(
        @JsonPropertyDescription(
                "Least share of a problem's programs that must write the same on a test; more than a half, or a test is dropped.")
        @DecimalMin(value = "0.5", inclusive = false)
        @DecimalMax("1")
        double agreement,

        @JsonPropertyDescription("Fewest programs by which tests are judged; with fewer a problem is left as it is.")
        @Positive
        int minimumSolutions,

        @JsonPropertyDescription("Most programs of a problem that are run; the first ones, each source once.") @Positive
        int maximumSolutions) {}
