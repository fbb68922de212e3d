package io.tramontane.pipeline;

import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.weights.WeightsTransportSettings;
import io.tramontane.pipeline.admission.AdmissionSettings;
import io.tramontane.pipeline.advantage.AdvantageSettings;
import io.tramontane.pipeline.advantage.KeepGroup;
import io.tramontane.pipeline.batching.BatchingSettings;
import io.tramontane.pipeline.batching.BatchingWiring;
import io.tramontane.pipeline.curriculum.Curriculum;
import io.tramontane.pipeline.grouping.AtDeadline;
import io.tramontane.pipeline.grouping.GroupingSettings;
import io.tramontane.pipeline.io.PipelineTopics;
import io.tramontane.pipeline.io.RecordLimits;
import io.tramontane.pipeline.scored.ScoredGroups;
import io.tramontane.pipeline.scoring.ScorerFactory;
import io.tramontane.pipeline.scoring.TestRewards;
import io.tramontane.pipeline.training.KafkaWeightsOutlet;
import io.tramontane.pipeline.training.LearnerFactory;
import io.tramontane.pipeline.training.TrainerWiring;
import io.tramontane.pipeline.training.TrainingSettings;
import io.tramontane.policy.objective.composition.LossSettings;
import io.tramontane.policy.training.OptimizerSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * From the completions topic to the steps topic, for completions that a test has written: there is no scheduler.
 *
 * @param scorer grades on one thread
 * @param steps after which training is over
 */
record UnscheduledJob(
        RecordLimits limits,
        ScorerFactory scorer,
        GroupingSettings grouping,
        BatchingSettings batching,
        long steps,
        LearnerFactory learner) {

    /** With RocksDB and unaligned checkpoints, as jobs are shipped. */
    static Configuration configuration(Path directory, Duration checkpointInterval) {
        var configuration = new Configuration();
        configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpointInterval);
        configuration.set(CheckpointingOptions.ENABLE_UNALIGNED, true);
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                directory.resolve("checkpoints").toUri().toString());
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        configuration.set(PipelineOptions.MAX_PARALLELISM, OperatorIdentity.maximumParallelism());
        return configuration;
    }

    /** The job on the topics of {@link TestCompletion#RUN}, with parallelism 1. */
    StreamExecutionEnvironment on(KafkaSettings kafka, Configuration configuration) {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration)
                .setParallelism(1);
        var topics = new PipelineTopics(kafka, TestCompletion.RUN, Duration.ofMinutes(1));
        var staleness = new StalenessSettings(1_000);
        var completions = topics.completions(environment, limits, PipelineTopics.Extent.UNBOUNDED);
        var manifests = topics.weightsManifests(environment, PipelineTopics.Extent.UNBOUNDED);
        var scored = ScoredGroups.attach(
                completions,
                manifests,
                scorer,
                new ScoredGroups.Settings(
                        staleness,
                        new AdmissionSettings(Duration.ofHours(1)),
                        TestRewards.settings(1, Duration.ofSeconds(5), Duration.ofSeconds(30)),
                        grouping,
                        AdvantageSettings.of(KeepGroup.REWARD_DIFFERS)),
                AtDeadline.END);
        var batches = BatchingWiring.attach(
                scored.groups(), batching, staleness, Curriculum.none(0, batching.completionsPerBatch(), 0), 1);
        var trainer = TrainerWiring.attach(
                batches.microBatches(),
                TestCompletion.RUN,
                new TrainingSettings(
                        steps, new OptimizerSettings(0.01, 0, 0.9, 0.95, 1e-8, 0, 1), LossSettings.of("grpo")),
                learner,
                KafkaWeightsOutlet.to(
                        kafka, TestCompletion.RUN, new WeightsTransportSettings(1 << 16, 3, Duration.ofSeconds(10))));
        topics.writeGroups(scored.groups());
        topics.writeSteps(trainer.steps());
        topics.writeOutcomes(scored.outcomes().union(batches.outcomes(), trainer.outcomes()));
        topics.writeDeadLetters(completions
                .getSideOutput(SideOutputs.DEAD_LETTERS)
                .union(manifests.getSideOutput(SideOutputs.DEAD_LETTERS)));
        return environment;
    }
}
