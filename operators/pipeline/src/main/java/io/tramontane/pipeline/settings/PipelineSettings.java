package io.tramontane.pipeline.settings;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.tramontane.pipeline.StalenessSettings;
import io.tramontane.pipeline.admission.AdmissionSettings;
import io.tramontane.pipeline.advantage.AdvantageSettings;
import io.tramontane.pipeline.batching.BatchingSettings;
import io.tramontane.pipeline.grouping.GroupingSettings;
import io.tramontane.pipeline.io.RecordLimits;
import io.tramontane.pipeline.scheduling.SchedulingSettings;
import io.tramontane.pipeline.scored.ScoredGroups;
import io.tramontane.pipeline.scoring.ScoringSettings;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.io.Serializable;

/** Settings of the dataflow between the completions topic and the trainer, and of the prompt scheduler. */
public record PipelineSettings(
        @JsonPropertyDescription("Size caps of what is read from the completions topic.") @NotNull @Valid
        RecordLimits limits,

        @JsonPropertyDescription("The bound on off-policyness.") @NotNull @Valid
        StalenessSettings staleness,

        @JsonPropertyDescription("Recognition of duplicate and stale completions.") @NotNull @Valid
        AdmissionSettings admission,

        @JsonPropertyDescription("Execution of the reward function.") @NotNull @Valid
        ScoringSettings scoring,

        @JsonPropertyDescription("Collection of the completions of a prompt.") @NotNull @Valid
        GroupingSettings grouping,

        @JsonPropertyDescription("From rewards to advantages.") @NotNull @Valid
        AdvantageSettings advantage,

        @JsonPropertyDescription("From groups to batches and micro-batches.") @NotNull @Valid
        BatchingSettings batching,

        @JsonPropertyDescription("Which prompts are issued, and when.") @NotNull @Valid
        SchedulingSettings scheduling)
        implements Serializable {

    /** Those of the operators between completions and groups with advantages. */
    public ScoredGroups.Settings scoredGroups() {
        return new ScoredGroups.Settings(staleness, admission, scoring, grouping, advantage);
    }
}
