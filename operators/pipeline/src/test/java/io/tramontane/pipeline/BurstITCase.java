package io.tramontane.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.broker.EmbeddedBroker;
import io.tramontane.kafka.records.RecordProducer;
import io.tramontane.kafka.records.TopicReader;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.kafka.topics.TopicAdmin;
import io.tramontane.kafka.weights.WeightsTransportSettings;
import io.tramontane.pipeline.admission.AdmissionSettings;
import io.tramontane.pipeline.admission.AdmissionStage;
import io.tramontane.pipeline.advantage.AdvantageSettings;
import io.tramontane.pipeline.advantage.AdvantageStage;
import io.tramontane.pipeline.advantage.KeepGroup;
import io.tramontane.pipeline.batching.BatchingSettings;
import io.tramontane.pipeline.batching.BatchingStage;
import io.tramontane.pipeline.grouping.AtDeadline;
import io.tramontane.pipeline.grouping.GroupingSettings;
import io.tramontane.pipeline.grouping.GroupingStage;
import io.tramontane.pipeline.io.PipelineTopics;
import io.tramontane.pipeline.io.RecordLimits;
import io.tramontane.pipeline.scoring.ScoringStage;
import io.tramontane.pipeline.scoring.TestRewards;
import io.tramontane.pipeline.training.KafkaWeightsOutlet;
import io.tramontane.pipeline.training.SlowLearner;
import io.tramontane.pipeline.training.TrainerStage;
import io.tramontane.pipeline.training.TrainingSettings;
import io.tramontane.policy.grpo.AdvantageNormalisation;
import io.tramontane.policy.grpo.LossDivisor;
import io.tramontane.policy.grpo.LossSettings;
import io.tramontane.policy.training.OptimizerSettings;
import io.tramontane.rewards.Grade;
import io.tramontane.rewards.RewardFunction;
import io.tramontane.rewards.WeightedGrader;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A burst of completions, several times what the heap may hold and of more groups than there is room for before the
 * trainer, comes while that one is slow: the stream waits within its bounds, checkpoints go on, and all is trained.
 */
@Timeout(240)
class BurstITCase {

    private static final int GROUPS = 300;
    private static final int GROUP_SIZE = 16;
    private static final int TOKENS = 100;
    private static final int GROUPS_A_STEP = 20;
    private static final long HEAP_BYTES = 2_000_000;
    /** The group that has just grown stays on the heap. */
    private static final long LARGEST_GROUP_BYTES = 100_000;

    private static final RecordLimits LIMITS = new RecordLimits(100_000, 10_000, 1_000, GROUP_SIZE, 100);

    private static final InMemoryReporter METRICS = InMemoryReporter.create();

    @RegisterExtension
    static final MiniClusterExtension FLINK = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setConfiguration(METRICS.addToConfiguration(new Configuration()))
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(1)
            .build());

    @TempDir
    Path directory;

    @Test
    void waitsWithinItsBoundsAndIsTrainedInTheEnd() throws Exception {
        try (var broker = EmbeddedBroker.start(directory.resolve("broker"))) {
            var kafka = new KafkaSettings(broker.bootstrapServers(), Map.of());
            try (var admin = new TopicAdmin(kafka)) {
                admin.createMissing(TestCompletion.RUN);
            }
            produce(kafka);
            SlowLearner.slowDown();
            StreamExecutionEnvironment environment = environment();
            build(environment, kafka);
            JobClient job = environment.executeAsync();
            AtomicLong highest = new AtomicLong();

            // A micro-batch now and then, so that checkpoints pass and groups are committed.
            await().atMost(Duration.ofSeconds(120))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> {
                        SlowLearner.permitOne();
                        highest.accumulateAndGet(gauge(job.getJobID(), "heapBytes"), Math::max);
                        return groups(kafka) > 0;
                    });
            assertThat(groups(kafka))
                    .as("groups that the trainer has no room for wait")
                    .isLessThan(GROUPS);

            SlowLearner.letGo();
            await().atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> {
                        highest.accumulateAndGet(gauge(job.getJobID(), "heapBytes"), Math::max);
                        return trained(kafka) == GROUPS;
                    });
            assertThat(highest).hasValueBetween(HEAP_BYTES / 2, HEAP_BYTES + LARGEST_GROUP_BYTES);
            assertThat(gauge(job.getJobID(), "openGroups")).isZero();
            assertThat(gauge(job.getJobID(), "heapBytes")).isZero();
            job.cancel().get();
        }
    }

    private static RewardFunction scorer() {
        return TestRewards.of(new WeightedGrader(
                "correctness",
                (request, parsed) -> request.completionId().endsWith("/0") ? Grade.correct("") : Grade.wrong(""),
                1));
    }

    /** The first sample of every group, then the second: all groups are open until the last. */
    private static void produce(KafkaSettings kafka) {
        try (var producer = new RecordProducer<>(kafka, Topic.COMPLETIONS, TestCompletion.RUN, Completion.class)) {
            for (int sample = 0; sample < GROUP_SIZE; sample++) {
                for (int group = 0; group < GROUPS; group++) {
                    Completion completion = TestCompletion.of("problem-" + group, sample)
                            .groupSize(GROUP_SIZE)
                            .tokens(TOKENS)
                            .completion();
                    completion.setText("x".repeat(1_000));
                    producer.send(completion.getGroupId(), completion);
                }
            }
            producer.flush();
        }
    }

    private StreamExecutionEnvironment environment() {
        var configuration = new Configuration();
        configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(500));
        configuration.set(CheckpointingOptions.ENABLE_UNALIGNED, true);
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                directory.resolve("checkpoints").toUri().toString());
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        configuration.set(PipelineOptions.MAX_PARALLELISM, OperatorIdentity.MAXIMUM_PARALLELISM);
        return StreamExecutionEnvironment.getExecutionEnvironment(configuration).setParallelism(1);
    }

    private static void build(StreamExecutionEnvironment environment, KafkaSettings kafka) {
        var topics = new PipelineTopics(kafka, TestCompletion.RUN, Duration.ofMinutes(1));
        var staleness = new StalenessSettings(1_000);
        var completions = topics.completions(environment, LIMITS, PipelineTopics.Extent.UNBOUNDED);
        var manifests = topics.weightsManifests(environment, PipelineTopics.Extent.UNBOUNDED);
        var admission =
                AdmissionStage.attach(completions, manifests, staleness, new AdmissionSettings(Duration.ofHours(1)));
        var scored = ScoringStage.attach(
                admission.admitted(),
                BurstITCase::scorer,
                TestRewards.settings(1, Duration.ofSeconds(5), Duration.ofSeconds(30)));
        var grouping = GroupingStage.attach(
                scored,
                admission.stale(),
                new GroupingSettings(Duration.ofMinutes(3), Duration.ofHours(1), HEAP_BYTES),
                AtDeadline.END);
        var advantage = AdvantageStage.attach(grouping.finished(), new AdvantageSettings(KeepGroup.REWARD_DIFFERS));
        var batching = BatchingStage.attach(
                advantage.groups(),
                new BatchingSettings(GROUPS_A_STEP * GROUP_SIZE, 2_048, AdvantageNormalisation.MINIBATCH),
                staleness);
        var trainer = TrainerStage.attach(
                batching.microBatches(),
                TestCompletion.RUN,
                new TrainingSettings(
                        1_000,
                        new OptimizerSettings(0.01, 0, 0.9, 0.95, 1e-8, 0, 1),
                        new LossSettings(0.2, 0.28, LossDivisor.TOTAL_TOKENS, 1, 0, 0)),
                SlowLearner::create,
                KafkaWeightsOutlet.to(
                        kafka, TestCompletion.RUN, new WeightsTransportSettings(1 << 16, 3, Duration.ofSeconds(10))));
        topics.writeGroups(advantage.groups());
        topics.writeSteps(trainer.steps());
        topics.writeOutcomes(admission
                .outcomes()
                .union(grouping.outcomes(), advantage.outcomes(), batching.outcomes(), trainer.outcomes()));
        topics.writeDeadLetters(completions
                .getSideOutput(SideOutputs.DEAD_LETTERS)
                .union(manifests.getSideOutput(SideOutputs.DEAD_LETTERS)));
    }

    /** Zero as long as the operator has not opened. */
    private static long gauge(JobID job, String name) {
        return METRICS.findMetrics(job, name).values().stream()
                .mapToLong(metric -> ((Number) ((Gauge<?>) metric).getValue()).longValue())
                .sum();
    }

    private static long groups(KafkaSettings kafka) {
        return TopicReader.readAll(kafka, Topic.GROUPS, TestCompletion.RUN, Group.class)
                .size();
    }

    private static long trained(KafkaSettings kafka) {
        return TopicReader.readAll(kafka, Topic.STEPS, TestCompletion.RUN, Step.class).stream()
                .map(Step::getGroupIds)
                .mapToLong(List::size)
                .sum();
    }
}
