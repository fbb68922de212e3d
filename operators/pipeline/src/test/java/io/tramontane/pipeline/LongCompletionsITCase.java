package io.tramontane.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.tramontane.pipeline.training.FakeLearner;
import io.tramontane.policy.objective.AdvantageNormalisation;
import io.tramontane.rewards.Grade;
import io.tramontane.rewards.composition.RewardFunction;
import io.tramontane.rewards.composition.WeightedGrader;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.DeadLetter;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.GroupFate;
import io.tramontane.schemas.PackedNumbers;
import io.tramontane.schemas.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shortest and the longest completions side by side, from the completions topic to the step, on Kafka and Flink.
 */
@Timeout(300)
class LongCompletionsITCase {

    private static final int LONG = 200_000;
    private static final int GROUP_SIZE = 16;
    private static final RecordLimits LIMITS = new RecordLimits(8_000_000, 1_000_000, 250_000, 1024, 10_000);

    @RegisterExtension
    static final MiniClusterExtension FLINK = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(1)
            .build());

    @TempDir
    Path directory;

    private static RewardFunction scorer() {
        return TestRewards.of(new WeightedGrader(
                "correctness",
                (request, parsed) -> request.completionId().endsWith("/0") ? Grade.correct("") : Grade.wrong(""),
                1));
    }

    /** Four and a half characters a token. */
    private static Completion completion(String problem, int sample, int tokens) {
        Completion completion = TestCompletion.of(problem, sample)
                .groupSize(GROUP_SIZE)
                .tokens(tokens)
                .completion();
        completion.setText("x".repeat(tokens * 9 / 2));
        return completion;
    }

    private static void produce(KafkaSettings kafka) {
        try (var producer = new RecordProducer<>(kafka, Topic.COMPLETIONS, TestCompletion.RUN, Completion.class)) {
            for (int sample = 0; sample < GROUP_SIZE; sample++) {
                producer.send("mixed", completion("mixed", sample, sample == 0 ? 1 : LONG))
                        .join();
            }
            for (int sample = 0; sample < 3; sample++) {
                Completion completion = completion("beyond", sample, sample == 2 ? LIMITS.maximumTokens() + 1 : 1);
                completion.setText("short");
                producer.send("beyond", completion).join();
            }
        }
    }

    @Test
    void oneTokenAndTwoHundredThousandAreTrainedTogetherAndMoreIsADeadLetter() throws Exception {
        try (var broker = EmbeddedBroker.start(directory.resolve("broker"))) {
            var kafka = new KafkaSettings(broker.bootstrapServers(), Map.of());
            try (var admin = new TopicAdmin(kafka)) {
                admin.createMissing(TestCompletion.RUN);
            }
            produce(kafka);
            // Some ten long completions fit the heap, so that groups move to RocksDB and back; and every long sequence
            // exceeds a micro-batch and travels alone.
            var unscheduled = new UnscheduledJob(
                    LIMITS,
                    LongCompletionsITCase::scorer,
                    new GroupingSettings(Duration.ofSeconds(20), Duration.ofHours(1), 30_000_000),
                    new BatchingSettings(GROUP_SIZE, 2_048, AdvantageNormalisation.MINIBATCH),
                    1,
                    FakeLearner::create);
            JobClient job = unscheduled
                    .on(kafka, UnscheduledJob.configuration(directory, Duration.ofMillis(500)))
                    .executeAsync();
            Awaitility.await()
                    .atMost(Duration.ofMinutes(3))
                    .pollInterval(Duration.ofSeconds(2))
                    .until(() -> read(kafka, Topic.GROUPS, Group.class).size() == 2
                            && read(kafka, Topic.STEPS, Step.class).size() == 1);
            job.cancel().get();

            Step step = read(kafka, Topic.STEPS, Step.class).get(0);
            assertThat(step.getGroupIds()).containsExactly("run/0/mixed");
            assertThat(step.getCompletionTokens()).isEqualTo(15L * LONG + 1);
            for (Group group : read(kafka, Topic.GROUPS, Group.class)) {
                if (group.getGroupId().endsWith("mixed")) {
                    assertThat(group.getFate()).isEqualTo(GroupFate.TRAINABLE);
                    assertThat(group.getCompletions())
                            .extracting(scored ->
                                    PackedNumbers.count(scored.getCompletion().getCompletionTokens()))
                            .startsWith(1, LONG)
                            .hasSize(GROUP_SIZE);
                } else {
                    assertThat(group.getFate()).isEqualTo(GroupFate.INCOMPLETE);
                    assertThat(group.getCompletions()).hasSize(2);
                }
            }
            assertThat(read(kafka, Topic.DEAD_LETTERS, DeadLetter.class))
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.getCause())
                            .isEqualTo("completionTokens has " + (LIMITS.maximumTokens() + 1) + " tokens"));
        }
    }

    private static <T extends SpecificRecord> List<T> read(KafkaSettings kafka, Topic topic, Class<T> type) {
        return TopicReader.readAll(kafka, topic, TestCompletion.RUN, type);
    }
}
