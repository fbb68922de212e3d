package io.tramontane.jobs.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.tramontane.jobs.dataset.DatasetSettings;
import io.tramontane.pipeline.PipelineSettings;
import io.tramontane.pipeline.training.TrainingSettings;
import io.tramontane.rewards.RewardSettings;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

/** Everything a command can be told; made and validated by {@link ConfigLoader}. */
public record TramontaneConfig(
        @JsonPropertyDescription("Identity and place of a run.") @NotNull @Valid
        RunSettings run,

        @JsonPropertyDescription("The dataflow engine.") @NotNull @Valid
        FlinkSettings flink,

        @JsonPropertyDescription("The problems.") @NotNull @Valid
        DatasetSettings dataset,

        @JsonPropertyDescription("The reward.") @NotNull @Valid
        RewardSettings reward,

        @JsonPropertyDescription("From prompts to batches.") @NotNull @Valid
        PipelineSettings pipeline,

        @JsonPropertyDescription("How the policy is trained.") @NotNull @Valid
        TrainingSettings training) {}
