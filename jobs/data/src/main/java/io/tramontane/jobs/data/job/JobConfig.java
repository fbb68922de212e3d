package io.tramontane.jobs.data.job;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.tramontane.jobs.data.curriculum.CurriculumSettings;
import io.tramontane.jobs.data.dataset.DatasetException;
import io.tramontane.jobs.data.dataset.DatasetSettings;
import io.tramontane.jobs.data.wordproblems.PolicySettings;
import io.tramontane.jobs.kernel.config.ConfigLoader;
import io.tramontane.jobs.kernel.flink.FlinkSettings;
import io.tramontane.jobs.kernel.folder.RunSettings;
import io.tramontane.jobs.kernel.metrics.MetricsSettings;
import io.tramontane.jobs.topology.Fork;
import io.tramontane.jobs.topology.TrainJob;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.weights.WeightsTransportSettings;
import io.tramontane.pipeline.curriculum.Curriculum;
import io.tramontane.pipeline.scheduling.RunPlan;
import io.tramontane.pipeline.scheduling.ScheduleState;
import io.tramontane.pipeline.settings.PipelineSettings;
import io.tramontane.pipeline.training.TrainingSettings;
import io.tramontane.rewards.composition.RewardSettings;
import io.tramontane.rewards.length.LengthPlugin;
import io.tramontane.rewards.length.LengthSettings;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What the training job is configured by: the sections that a cluster reads of a run's file. */
public record JobConfig(
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

        @JsonPropertyDescription("How weights travel.") @NotNull @Valid
        WeightsTransportSettings weights,

        @JsonPropertyDescription("The reward.") @NotNull @Valid
        RewardSettings reward,

        @JsonPropertyDescription("From prompts to batches.") @NotNull @Valid
        PipelineSettings pipeline,

        @JsonPropertyDescription("How the policy is trained.") @NotNull @Valid
        TrainingSettings training,

        @JsonPropertyDescription("Stages of a run.") @NotNull @Valid
        CurriculumSettings curriculum) {

    private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(15);

    /** Loads these sections of a configuration, and checks them against each other. */
    public static ConfigLoader<JobConfig> loader() {
        return ConfigLoader.of(JobConfig.class, JobChecks::of);
    }

    /**
     * The job of a run that begins with the policy in {@code basePolicy}.
     *
     * @throws DatasetException when a stage of the curriculum has no problem to pose
     */
    public TrainJob trainJob(String runId, KafkaSettings brokers, Path basePolicy) {
        return trainJob(runId, brokers, basePolicy, Optional.empty());
    }

    /**
     * The job of a run that begins with the policy in {@code basePolicy}, or with a fork of another run on it.
     *
     * @param brokers in place of the configured ones, which may be embedded
     * @throws DatasetException when a stage of the curriculum has no problem to pose
     */
    public TrainJob trainJob(String runId, KafkaSettings brokers, Path basePolicy, Optional<Fork> fork) {
        RunPlan plan = new RunPlan(
                runId,
                run.seed(),
                stages(),
                training.stepsPerPublication(),
                fork.map(begun -> begun.point().schedule()).orElseGet(ScheduleState::initial));
        DatasetProblems problems = problems();
        problems.requireProblemsFor(plan.curriculum());
        return new TrainJob(
                plan, problems, brokers, weights, reward, pipeline, training, basePolicy, fork, TRANSACTION_TIMEOUT);
    }

    /** The training problems of the run. */
    public DatasetProblems problems() {
        return new DatasetProblems(dataset, run.seed(), curriculum.passRates());
    }

    /** The curriculum of the run. */
    public Curriculum stages() {
        return curriculum.curriculum(
                pipeline, reward.settings(LengthSettings.class).orElseGet(new LengthPlugin()::defaults));
    }
}
