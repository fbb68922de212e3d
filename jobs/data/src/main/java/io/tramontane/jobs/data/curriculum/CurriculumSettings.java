package io.tramontane.jobs.data.curriculum;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.tramontane.pipeline.curriculum.Curriculum;
import io.tramontane.pipeline.settings.PipelineSettings;
import io.tramontane.rewards.length.LengthSettings;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.util.List;

/** Settings of the curriculum. */
public record CurriculumSettings(
        @JsonPropertyDescription(
                "How often each problem was solved before: a file that curate or evaluate --output wrote, a line a"
                        + " problem. It must be readable where the scheduler runs.")
        @NotNull
        Path passRates,

        @JsonPropertyDescription("The stages in their order; none: the settings hold from the first step to the last.")
        @NotNull
        @Valid
        List<StageSettings> stages) {

    /** The curriculum of a run with these settings. */
    public Curriculum curriculum(PipelineSettings pipeline, LengthSettings length) {
        return stages.isEmpty()
                ? Curriculum.none(
                        pipeline.scheduling().maximumNewTokens(),
                        pipeline.batching().completionsPerBatch(),
                        pipeline.scheduling().maximumGroupsInFlight())
                : Curriculum.of(stages.stream()
                        .map(stage -> stage.stage(pipeline, length))
                        .toList());
    }
}
