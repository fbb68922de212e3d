package io.tramontane.jobs.run.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.tramontane.jobs.data.curriculum.CurriculumSettings;
import io.tramontane.jobs.data.dataset.DatasetSettings;
import io.tramontane.jobs.data.job.JobConfig;
import io.tramontane.jobs.data.wordproblems.PolicySettings;
import io.tramontane.jobs.evaluation.EvaluationSettings;
import io.tramontane.jobs.evaluation.coldstart.ColdStartSettings;
import io.tramontane.jobs.evaluation.curation.CurationSettings;
import io.tramontane.jobs.evaluation.warmup.WarmUpSettings;
import io.tramontane.jobs.generator.GeneratorSettings;
import io.tramontane.jobs.kernel.config.ConfigLoader;
import io.tramontane.jobs.kernel.config.ConfigSections;
import io.tramontane.jobs.kernel.flink.FlinkSettings;
import io.tramontane.jobs.kernel.folder.RunSettings;
import io.tramontane.jobs.kernel.metrics.MetricsSettings;
import io.tramontane.jobs.page.web.PageSettings;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.prompts.PromptQueueSettings;
import io.tramontane.kafka.weights.WeightsTransportSettings;
import io.tramontane.pipeline.settings.PipelineSettings;
import io.tramontane.pipeline.training.TrainingSettings;
import io.tramontane.rewards.composition.RewardSettings;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

/** All settings of a command; made and validated by {@link ConfigLoader}. */
public record TramontaneConfig(
        @JsonPropertyDescription("Identity and place of a run.") @NotNull @Valid
        RunSettings run,

        @JsonPropertyDescription("The log.") @NotNull @Valid KafkaSettings kafka,

        @JsonPropertyDescription("The dataflow engine.") @NotNull @Valid
        FlinkSettings flink,

        @JsonPropertyDescription("What there is to watch.") @NotNull @Valid
        MetricsSettings metrics,

        @JsonPropertyDescription("The problems.") @NotNull @Valid
        DatasetSettings dataset,

        @JsonPropertyDescription("Shape of the policy.") @NotNull @Valid
        PolicySettings policy,

        @JsonPropertyDescription("How the base policy is made.") @NotNull @Valid
        WarmUpSettings warmUp,

        @JsonPropertyDescription("How a policy learns from a run before it is reinforced itself.") @NotNull @Valid
        ColdStartSettings coldStart,

        @JsonPropertyDescription("How a generator samples.") @NotNull @Valid
        GeneratorSettings generation,

        @JsonPropertyDescription("How generators share the prompts.") @NotNull @Valid
        PromptQueueSettings prompts,

        @JsonPropertyDescription("How weights travel.") @NotNull @Valid
        WeightsTransportSettings weights,

        @JsonPropertyDescription("The reward.") @NotNull @Valid
        RewardSettings reward,

        @JsonPropertyDescription("From prompts to batches.") @NotNull @Valid
        PipelineSettings pipeline,

        @JsonPropertyDescription("How the policy is trained.") @NotNull @Valid
        TrainingSettings training,

        @JsonPropertyDescription("How base and trained policy are measured.") @NotNull @Valid
        EvaluationSettings evaluation,

        @JsonPropertyDescription("Which problems are worth training on.") @NotNull @Valid
        CurationSettings curation,

        @JsonPropertyDescription("Stages of a run.") @NotNull @Valid
        CurriculumSettings curriculum,

        @JsonPropertyDescription("The page that shows a run while it goes on.") @NotNull @Valid
        PageSettings page) {

    /** Loads a whole configuration, and checks its sections against each other. */
    public static ConfigLoader<TramontaneConfig> loader() {
        return ConfigLoader.of(TramontaneConfig.class, CrossChecks::of);
    }

    /** The sections that the training job reads. */
    public JobConfig job() {
        return ConfigSections.of(JobConfig.class, this);
    }

    /** The same configuration for another run. */
    public TramontaneConfig withRun(RunSettings other) {
        return ConfigSections.replace(this, other);
    }

    /** The same configuration on other brokers. */
    public TramontaneConfig withKafka(KafkaSettings other) {
        return ConfigSections.replace(this, other);
    }
}
