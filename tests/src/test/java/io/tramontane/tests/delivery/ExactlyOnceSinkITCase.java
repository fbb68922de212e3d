package io.tramontane.tests.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tramontane.jobs.kernel.flink.LocalFlink;
import io.tramontane.kafka.records.RecordProducer;
import io.tramontane.kafka.records.StartAt;
import io.tramontane.kafka.records.TopicTail;
import io.tramontane.kafka.testing.BrokerExtension;
import io.tramontane.kafka.testing.TestRun;
import io.tramontane.kafka.testing.ThreadLeakExtension;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.pipeline.io.PipelineTopics;
import io.tramontane.schemas.Outcome;
import io.tramontane.schemas.OutcomeKind;
import io.tramontane.schemas.Step;
import io.tramontane.tests.flink.FlinkExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Guards the pinned version of the Kafka clients: later ones break the connector's exactly-once sink, and only a job
 * that takes it through checkpoints and a failure notices.
 */
@Timeout(120)
@ExtendWith({ThreadLeakExtension.class, BrokerExtension.class, FlinkExtension.class})
class ExactlyOnceSinkITCase {

    private static final Duration ENOUGH = Duration.ofSeconds(60);
    private static final int WAVES = 5;
    private static final int WAVE = 100;
    private static final int KEYS = 7;
    private static final long FAIL_AT = WAVES / 2 * WAVE + WAVE / 2;

    @Test
    void everyRecordIsCommittedOnceThroughAFailure(
            TestRun run, LocalFlink flink, StreamExecutionEnvironment environment, @TempDir Path savepoints) {
        Set<Thread> adminThreads = adminThreads();
        FailOnce.arm();
        PipelineTopics topics = new PipelineTopics(run.kafka(), run.runId(), Duration.ofMinutes(10));
        topics.writeSteps(topics.outcomes(environment)
                .keyBy(Outcome::getGroupId)
                .process(new CountingFunction(FAIL_AT))
                .returns(new AvroTypeInfo<>(Step.class))
                .uid("count")
                .name("Count"));
        JobID job = new JobID();
        flink.submit(environment.getStreamGraph(), job, Optional.empty());

        List<Step> committed = new ArrayList<>();
        try (RecordProducer<Outcome> producer =
                        new RecordProducer<>(run.kafka(), Topic.OUTCOMES, run.runId(), Outcome.class);
                TopicTail<Step> tail =
                        new TopicTail<>(run.kafka(), Topic.STEPS, run.runId(), Step.class, StartAt.BEGINNING)) {
            for (int wave = 0; wave < WAVES; wave++) {
                write(producer, run, wave);
                // Waves are apart by at least a checkpoint: nothing is visible before one.
                int expected = (wave + 1) * WAVE;
                await().atMost(ENOUGH).pollInSameThread().untilAsserted(() -> {
                    assertThat(flink.status(job)).isNotEqualTo(JobStatus.FAILED);
                    committed.addAll(tail.poll(Duration.ofMillis(100)));
                    assertThat(committed).hasSizeGreaterThanOrEqualTo(expected);
                });
            }
            assertThat(FailOnce.happened()).as("the failure was induced").isTrue();
            // One more checkpoint brings out what would have been written twice.
            flink.stopWithSavepoint(job, savepoints);
            committed.addAll(tail.poll(Duration.ofMillis(500)));
        }

        // Those of the first start and of the restart; Flink's threads outlive the test, so nothing else looks at them.
        await().atMost(ENOUGH)
                .untilAsserted(() -> assertThat(adminThreads())
                        .as("admin clients of the job's writers are closed with them")
                        .isSubsetOf(adminThreads));
        assertThat(committed)
                .extracting(Step::getStep)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, (long) WAVES * WAVE).boxed().toList());
        assertThat(counts(committed))
                .as("state in RocksDB counts each record once")
                .isEqualTo(expectedCounts());
    }

    private static void write(RecordProducer<Outcome> producer, TestRun run, int wave) {
        for (long at = (long) wave * WAVE; at < (wave + 1L) * WAVE; at++) {
            String key = "group-" + at % KEYS;
            producer.send(
                    key,
                    Outcome.newBuilder()
                            .setRunId(run.runId())
                            .setGroupId(key)
                            .setKind(OutcomeKind.TRAINED)
                            .setCompletions(1)
                            .setAt(at)
                            .build());
        }
        producer.flush();
    }

    private static Set<Thread> adminThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("kafka-admin-client-thread"))
                .collect(Collectors.toSet());
    }

    /** The highest count each key has reached. */
    private static Map<String, Long> counts(List<Step> steps) {
        Map<String, Long> counts = new HashMap<>();
        steps.forEach(step -> counts.merge(step.getGroupIds().get(0), step.getCompletionTokens(), Math::max));
        return counts;
    }

    private static Map<String, Long> expectedCounts() {
        Map<String, Long> counts = new HashMap<>();
        for (long at = 0; at < (long) WAVES * WAVE; at++) {
            counts.merge("group-" + at % KEYS, 1L, Long::sum);
        }
        return counts;
    }
}
