package io.tramontane.kafka.records;

import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.topics.Topic;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/** Reads the end of a topic. */
public final class NewestRecords {

    private static final Duration WAIT = Duration.ofMillis(100);

    private NewestRecords() {}

    /**
     * Hands on about the newest records of a topic, an equal share of each partition, in order within it.
     *
     * @param most how many at most
     * @param timeout after which no more are read
     * @throws io.tramontane.kafka.KafkaUnreachableException when no broker answers
     * @throws MissingTopicException when the topic does not exist
     */
    public static <T extends SpecificRecord> void forEach(
            KafkaSettings settings,
            Topic topic,
            String runId,
            Class<T> type,
            int most,
            Duration timeout,
            Consumer<TopicRecord<T>> sink) {
        long deadline = System.nanoTime() + timeout.toNanos();
        try (TopicCursor<T> cursor = new TopicCursor<>(settings, topic, runId, type, StartAt.BEGINNING)) {
            cursor.boundAtPresentEnd();
            cursor.skipAllButNewest(most);
            while (!cursor.hasReachedBound() && System.nanoTime() < deadline) {
                cursor.poll(WAIT, sink);
            }
        }
    }
}
