package io.tramontane.jobs.evaluation.curation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;

/** Which problems curation drops. */
public record CurationSettings(
        @JsonPropertyDescription("Fewest completions by which a problem is judged; one that has fewer is dropped.")
        @Positive
        int minimumSamples,

        @JsonPropertyDescription(
                "A problem is too hard when at most this share of its completions is correct; 0: when none is.")
        @DecimalMin("0")
        @DecimalMax("1")
        double tooHardUpTo,

        @JsonPropertyDescription(
                "A problem is too easy when at least this share of its completions is correct; 1: when all are.")
        @DecimalMin("0")
        @DecimalMax("1")
        double tooEasyFrom,

        @JsonPropertyDescription(
                "Drop problems whose most frequent answer is not the reference; for a policy that is right more often"
                        + " than not.")
        boolean majorityCheck,

        @JsonPropertyDescription(
                "Least share of a problem's completions that must agree on an answer for it to count against the"
                        + " reference.")
        @DecimalMin(value = "0", inclusive = false)
        @DecimalMax("1")
        double majorityShare,

        @JsonPropertyDescription("Repair of the tests of code problems.") @NotNull @Valid
        TestRepairSettings tests) {

    /** Whether there is anything between too hard and too easy. */
    @JsonIgnore
    @AssertTrue(message = "too-hard-up-to must be less than too-easy-from, or every problem is dropped")
    public boolean isRoomBetween() {
        return tooHardUpTo < tooEasyFrom;
    }
}
