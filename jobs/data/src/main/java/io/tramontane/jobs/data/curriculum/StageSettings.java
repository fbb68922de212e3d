package io.tramontane.jobs.data.curriculum;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.tramontane.pipeline.curriculum.ProgressFigure;
import io.tramontane.pipeline.curriculum.Stage;
import io.tramontane.pipeline.curriculum.StageEnd;
import io.tramontane.pipeline.settings.PipelineSettings;
import io.tramontane.rewards.length.LengthSettings;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;

/** A stage of the curriculum; what it leaves at 0 is as in the rest of the configuration. */
public record StageSettings(
        @JsonPropertyDescription("New tokens a completion may have; 0: as pipeline.scheduling.maximum-new-tokens says.")
        @NotNull
        @PositiveOrZero
        Integer maximumNewTokens,

        @JsonPropertyDescription("l_max of the length penalty, tokens; 0: as reward.length.maximum-tokens says.")
        @NotNull
        @PositiveOrZero
        Integer lengthMaximumTokens,

        @JsonPropertyDescription("l_cache of the length penalty, tokens; 0: as reward.length.cache-tokens says.")
        @NotNull
        @PositiveOrZero
        Integer lengthCacheTokens,

        @JsonPropertyDescription(
                "Completions a batch has, a multiple of the group size; 0: as pipeline.batching.completions-per-batch"
                        + " says.")
        @NotNull
        @PositiveOrZero
        Integer completionsPerBatch,

        @JsonPropertyDescription(
                "Groups that may be unfinished at a time; 0: as pipeline.scheduling.maximum-groups-in-flight says.")
        @NotNull
        @PositiveOrZero
        Integer maximumGroupsInFlight,

        @JsonPropertyDescription(
                "Problems that were solved less often (curriculum.pass-rates) are not posed, nor those of unknown rate.")
        @NotNull
        @PositiveOrZero
        @DecimalMax("1")
        Double minimumPassRate,

        @JsonPropertyDescription(
                "Problems that were solved more often (curriculum.pass-rates) are not posed, nor those of unknown rate.")
        @NotNull
        @PositiveOrZero
        @DecimalMax("1")
        Double maximumPassRate,

        @JsonPropertyDescription("The stage ends after so many steps of its own; 0: not by their number.")
        @NotNull
        @PositiveOrZero
        Integer steps,

        @JsonPropertyDescription("The stage ends when this figure of its steps is high enough; none: not by a figure.")
        @NotNull
        ProgressFigure until,

        @JsonPropertyDescription("The mean of the figure that ends the stage.") @NotNull
        Double threshold,

        @JsonPropertyDescription("Steps whose mean is taken, the last ones of the stage.") @NotNull @Positive
        Integer window) {

    /** Whether some pass rate lies between the bounds. */
    @JsonIgnore
    @AssertTrue(message = "minimum-pass-rate must not exceed maximum-pass-rate")
    public boolean isRangeOfPassRates() {
        return minimumPassRate == null || maximumPassRate == null || minimumPassRate <= maximumPassRate;
    }

    /** The stage, with what the rest of the configuration says. */
    Stage stage(PipelineSettings pipeline, LengthSettings length) {
        return new Stage(
                given(maximumNewTokens, pipeline.scheduling().maximumNewTokens()),
                given(lengthMaximumTokens, length.maximumTokens()),
                given(lengthCacheTokens, length.cacheTokens()),
                given(completionsPerBatch, pipeline.batching().completionsPerBatch()),
                given(maximumGroupsInFlight, pipeline.scheduling().maximumGroupsInFlight()),
                minimumPassRate,
                maximumPassRate,
                new StageEnd(steps, until, threshold, window));
    }

    private static int given(int own, int standard) {
        return own == 0 ? standard : own;
    }
}
