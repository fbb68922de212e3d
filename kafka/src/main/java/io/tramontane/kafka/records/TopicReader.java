package io.tramontane.kafka.records;

import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.KafkaUnreachableException;
import io.tramontane.kafka.topics.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.TimeoutException;

/** Reads a whole topic of a run up to where its committed part ends when reading begins. */
public final class TopicReader {

    private static final Duration WAIT = Duration.ofMillis(200);

    private TopicReader() {}

    /**
     * All records of the topic; in order within a partition. Records that cannot be decoded are left out with a
     * warning.
     *
     * @param type the topic's {@link Topic#recordType()}
     * @throws KafkaUnreachableException when no broker answers, or none goes on answering
     * @throws MissingTopicException when the topic does not exist
     */
    public static <T extends SpecificRecord> List<T> readAll(
            KafkaSettings settings, Topic topic, String runId, Class<T> type) {
        List<T> all = new ArrayList<>();
        forEach(settings, topic, runId, type, record -> all.add(record.value()));
        return all;
    }

    /** As {@link #readAll}, one record at a time, for topics that may not fit into memory. */
    public static <T extends SpecificRecord> ReadSummary forEach(
            KafkaSettings settings, Topic topic, String runId, Class<T> type, Consumer<TopicRecord<T>> sink) {
        return read(settings, topic, runId, type, (cursor, timeout) -> cursor.poll(timeout, sink));
    }

    /**
     * As {@link #forEach(KafkaSettings, Topic, String, Class, Consumer)}; what cannot be decoded is handed on to
     * {@code unreadable}.
     */
    public static <T extends SpecificRecord> ReadSummary forEach(
            KafkaSettings settings,
            Topic topic,
            String runId,
            Class<T> type,
            Consumer<TopicRecord<T>> sink,
            Consumer<UnreadableRecord> unreadable) {
        return read(settings, topic, runId, type, (cursor, timeout) -> cursor.poll(timeout, sink, unreadable));
    }

    /** One poll of a cursor. */
    @FunctionalInterface
    private interface Poll<T extends SpecificRecord> {
        int from(TopicCursor<T> cursor, Duration timeout);
    }

    private static <T extends SpecificRecord> ReadSummary read(
            KafkaSettings settings, Topic topic, String runId, Class<T> type, Poll<T> poll) {
        try (TopicCursor<T> cursor = new TopicCursor<>(settings, topic, runId, type, StartAt.BEGINNING)) {
            cursor.boundAtPresentEnd();
            long lastProgress = System.nanoTime();
            while (!cursor.hasReachedBound()) {
                if (poll.from(cursor, WAIT) > 0) {
                    lastProgress = System.nanoTime();
                } else if (System.nanoTime() - lastProgress > settings.timeout().toNanos()) {
                    throw new KafkaUnreachableException(settings.bootstrapServers(), settings.timeout(), null);
                }
            }
            return cursor.summary();
        } catch (TimeoutException e) {
            throw new KafkaUnreachableException(settings.bootstrapServers(), settings.timeout(), e);
        }
    }
}
