package io.tramontane.jobs.data.wordproblems;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.PositiveOrZero;

/** How good the demonstrations of the warm-up are. All shares are between 0 and 1. */
public record DemonstrationMix(
        @JsonPropertyDescription("Share of demonstrations that calculate; the others guess.")
        @PositiveOrZero
        @DecimalMax("1")
        double chainShare,

        @JsonPropertyDescription("Share of guesses that happen to be right.") @PositiveOrZero @DecimalMax("1")
        double guessRightShare,

        @JsonPropertyDescription("Share of calculations whose result is wrong.") @PositiveOrZero @DecimalMax("1")
        double wrongStepShare,

        @JsonPropertyDescription(
                "Share of demonstrations whose thoughts are in the problem's language; the others switch to another one.")
        @PositiveOrZero
        @DecimalMax("1")
        double sameLanguageShare) {

    /** The same mix with another share of calculations. */
    public DemonstrationMix withChainShare(double share) {
        return new DemonstrationMix(share, guessRightShare, wrongStepShare, sameLanguageShare);
    }
}
