package io.tramontane.jobs.wordproblems;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;

/** How good the demonstrations of the warm-up are. All shares are between 0 and 1. */
public record DemonstrationMix(
        @JsonPropertyDescription("Share of demonstrations that calculate; the others guess.")
        @NotNull
        @PositiveOrZero
        @DecimalMax("1")
        Double chainShare,

        @JsonPropertyDescription("Share of guesses that happen to be right.") @NotNull @PositiveOrZero @DecimalMax("1")
        Double guessRightShare,

        @JsonPropertyDescription("Share of calculations whose result is wrong.")
        @NotNull
        @PositiveOrZero
        @DecimalMax("1")
        Double wrongStepShare,

        @JsonPropertyDescription(
                "Share of demonstrations whose thoughts are in the problem's language; the others switch to another one.")
        @NotNull
        @PositiveOrZero
        @DecimalMax("1")
        Double sameLanguageShare) {

    /** The same mix with another share of calculations. */
    public DemonstrationMix withChainShare(double share) {
        return new DemonstrationMix(share, guessRightShare, wrongStepShare, sameLanguageShare);
    }
}
