package io.tramontane.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.broker.EmbeddedBroker;
import io.tramontane.kafka.records.RecordProducer;
import io.tramontane.kafka.records.TopicReader;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.kafka.topics.TopicAdmin;
import io.tramontane.pipeline.batching.BatchingSettings;
import io.tramontane.pipeline.grouping.GroupingSettings;
import io.tramontane.pipeline.io.RecordLimits;
import io.tramontane.pipeline.scoring.TestRewards;
import io.tramontane.pipeline.training.SlowLearner;
import io.tramontane.policy.objective.AdvantageNormalisation;
import io.tramontane.rewards.Grade;
import io.tramontane.rewards.composition.RewardFunction;
import io.tramontane.rewards.composition.WeightedGrader;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
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
            var unscheduled = new UnscheduledJob(
                    LIMITS,
                    BurstITCase::scorer,
                    new GroupingSettings(Duration.ofMinutes(3), Duration.ofHours(1), HEAP_BYTES),
                    new BatchingSettings(GROUPS_A_STEP * GROUP_SIZE, 2_048, AdvantageNormalisation.MINIBATCH),
                    GROUPS,
                    SlowLearner::create);
            JobClient job = unscheduled
                    .on(kafka, UnscheduledJob.configuration(directory, Duration.ofMillis(500)))
                    .executeAsync();
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
