package io.tramontane.kafka.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.testing.BrokerExtension;
import io.tramontane.kafka.testing.TestRun;
import io.tramontane.kafka.testing.ThreadLeakExtension;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.schemas.Outcome;
import io.tramontane.schemas.OutcomeKind;
import io.tramontane.schemas.Prompt;
import io.tramontane.schemas.RecordCodec;
import io.tramontane.schemas.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(120)
@ExtendWith({ThreadLeakExtension.class, BrokerExtension.class})
class TopicReaderITCase {

    private static final Duration ENOUGH = Duration.ofSeconds(20);

    @Test
    void readsAWholeTopicAndEnds(TestRun run) {
        write(run, 0, 1000);
        assertThat(TopicReader.readAll(run.kafka(), Topic.OUTCOMES, run.runId(), Outcome.class))
                .extracting(Outcome::getAt)
                .hasSize(1000)
                .isSorted();
    }

    @Test
    void anEmptyTopicHasNoRecords(TestRun run) {
        assertThat(TopicReader.readAll(run.kafka(), Topic.OUTCOMES, run.runId(), Outcome.class))
                .isEmpty();
    }

    @Test
    void leavesOutWhatCannotBeReadAndCountsIt(TestRun run) {
        write(run, 0, 2);
        writeRaw(run, new byte[] {1, 2, 3});
        writeRaw(run, null);
        write(run, 2, 3);
        List<Long> offsets = new ArrayList<>();
        ReadSummary summary = TopicReader.forEach(
                run.kafka(), Topic.OUTCOMES, run.runId(), Outcome.class, found -> offsets.add(found.offset()));
        assertThat(summary).isEqualTo(new ReadSummary(3, 2));
        assertThat(offsets).containsExactly(0L, 1L, 4L);
    }

    @Test
    void seesCommittedRecordsOnly(TestRun run) {
        Properties properties = run.kafka().clientProperties();
        properties.setProperty(ProducerConfig.TRANSACTIONAL_ID_CONFIG, run.runId());
        try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(record(run, outcome(run, 1)));
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(record(run, outcome(run, 2)));
            producer.commitTransaction();
            producer.beginTransaction();
            producer.send(record(run, outcome(run, 3)));
            producer.flush();
            assertThat(TopicReader.readAll(run.kafka(), Topic.OUTCOMES, run.runId(), Outcome.class))
                    .extracting(Outcome::getAt)
                    .containsExactly(2L);
            producer.abortTransaction();
        }
    }

    @Test
    void aTopicThatDoesNotExistIsNamed(KafkaSettings kafka) {
        assertThatThrownBy(() -> TopicReader.readAll(kafka, Topic.STEPS, "nobody", Step.class))
                .isInstanceOf(MissingTopicException.class)
                .hasMessage("there is no topic nobody.steps at " + kafka.bootstrapServers());
    }

    @Test
    void aTopicIsReadAsWhatItCarries(TestRun run) {
        assertThatThrownBy(() -> TopicReader.readAll(run.kafka(), Topic.STEPS, run.runId(), Prompt.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("STEPS");
    }

    @Test
    void aTailFollowsFromTheBeginningOrFromTheEnd(TestRun run) {
        write(run, 0, 3);
        try (TopicTail<Outcome> fromBeginning =
                        new TopicTail<>(run.kafka(), Topic.OUTCOMES, run.runId(), Outcome.class, StartAt.BEGINNING);
                TopicTail<Outcome> fromEnd =
                        new TopicTail<>(run.kafka(), Topic.OUTCOMES, run.runId(), Outcome.class, StartAt.END)) {
            write(run, 3, 5);
            assertThat(take(fromBeginning, 5)).containsExactly(0L, 1L, 2L, 3L, 4L);
            assertThat(take(fromEnd, 2)).containsExactly(3L, 4L);
            assertThat(fromEnd.poll(Duration.ZERO)).isEmpty();
        }
    }

    private static List<Long> take(TopicTail<Outcome> tail, int count) {
        List<Long> taken = new ArrayList<>();
        long deadline = System.nanoTime() + ENOUGH.toNanos();
        while (taken.size() < count && System.nanoTime() < deadline) {
            tail.poll(Duration.ofMillis(100)).forEach(outcome -> taken.add(outcome.getAt()));
        }
        return taken;
    }

    private static void write(TestRun run, int from, int to) {
        try (RecordProducer<Outcome> producer =
                new RecordProducer<>(run.kafka(), Topic.OUTCOMES, run.runId(), Outcome.class)) {
            for (int i = from; i < to; i++) {
                producer.send("group", outcome(run, i));
            }
            producer.flush();
        }
    }

    private static void writeRaw(TestRun run, byte[] value) {
        try (var producer = new KafkaProducer<>(
                run.kafka().clientProperties(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topic.OUTCOMES.nameFor(run.runId()), value));
        }
    }

    private static ProducerRecord<byte[], byte[]> record(TestRun run, Outcome outcome) {
        return new ProducerRecord<>(
                Topic.OUTCOMES.nameFor(run.runId()),
                RecordCodec.of(Outcome.class).encode(outcome));
    }

    private static Outcome outcome(TestRun run, long at) {
        return Outcome.newBuilder()
                .setRunId(run.runId())
                .setGroupId("group")
                .setKind(OutcomeKind.TRAINED)
                .setStep(1L)
                .setCompletions(1)
                .setAt(at)
                .build();
    }
}
