package io.tramontane.kafka.records;

import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.KafkaUnreachableException;
import io.tramontane.kafka.topics.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * Follows a topic of a run and sees its committed records. Records that cannot be decoded are left out with a warning.
 *
 * <p>Used by one thread.
 */
public final class TopicTail<T extends SpecificRecord> implements AutoCloseable {

    /** Four times as long as usual. */
    private static final Map<String, String> UNHURRIED = Map.of(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "2000");

    private final TopicCursor<T> cursor;

    private TopicTail(TopicCursor<T> cursor) {
        this.cursor = cursor;
    }

    /**
     * @param type the topic's {@link Topic#recordType()}
     * @throws KafkaUnreachableException when no broker answers in time
     * @throws MissingTopicException when the topic does not exist
     */
    public TopicTail(KafkaSettings settings, Topic topic, String runId, Class<T> type, StartAt start) {
        this(new TopicCursor<>(settings, topic, runId, type, start));
    }

    /**
     * One that asks the broker less often while there is nothing new, for who only looks on.
     *
     * @param type the topic's {@link Topic#recordType()}
     * @throws KafkaUnreachableException when no broker answers in time
     * @throws MissingTopicException when the topic does not exist
     */
    public static <T extends SpecificRecord> TopicTail<T> unhurried(
            KafkaSettings settings, Topic topic, String runId, Class<T> type) {
        return new TopicTail<>(new TopicCursor<>(settings, topic, runId, type, StartAt.BEGINNING, UNHURRIED));
    }

    /**
     * What has been committed since the last call, in order within a partition; waits at most for the timeout when
     * nothing has. While no broker answers there is nothing new.
     */
    public List<T> poll(Duration timeout) {
        List<T> values = new ArrayList<>();
        cursor.poll(timeout, found -> values.add(found.value()));
        return values;
    }

    /**
     * As {@link #poll}, each record handed on with its place.
     *
     * @return how many records arrived, those that cannot be decoded included
     */
    public int forEach(Duration timeout, Consumer<TopicRecord<T>> sink) {
        return cursor.poll(timeout, sink);
    }

    @Override
    public void close() {
        cursor.close();
    }
}
