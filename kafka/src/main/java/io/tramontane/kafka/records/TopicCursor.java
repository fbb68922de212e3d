package io.tramontane.kafka.records;

import io.tramontane.kafka.AdminConnection;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.schemas.MalformedRecordException;
import io.tramontane.schemas.RecordCodec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A consumer of all partitions of a topic that sees committed records only and belongs to no group. What it cannot
 * decode it logs, counts and leaves out.
 *
 * <p>Used by one thread.
 */
final class TopicCursor<T extends SpecificRecord> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicCursor.class);

    private final KafkaSettings settings;
    private final String topicName;
    private final RecordCodec<T> codec;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private Map<TopicPartition, Long> bounds = Map.of();
    private long records;
    private long malformed;

    TopicCursor(KafkaSettings settings, Topic topic, String runId, Class<T> type, StartAt start) {
        this(settings, topic, runId, type, start, Map.of());
    }

    /** @param special properties of the consumer */
    TopicCursor(
            KafkaSettings settings,
            Topic topic,
            String runId,
            Class<T> type,
            StartAt start,
            Map<String, String> special) {
        if (topic.recordType() != type) {
            throw new IllegalArgumentException(topic + " carries " + topic.recordType() + ", not " + type);
        }
        this.settings = settings;
        this.codec = RecordCodec.of(type);
        this.topicName = topic.nameFor(runId);
        this.partitions = partitions(settings, topicName);
        this.consumer = consumer(settings, special);
        consumer.assign(partitions);
        if (start == StartAt.BEGINNING) {
            consumer.seekToBeginning(partitions);
        } else {
            // Found out now, not at the first poll: what is written in between belongs to the reader.
            consumer.endOffsets(partitions, settings.timeout()).forEach(consumer::seek);
        }
    }

    /** Hands on what has arrived, waiting at most for the timeout when nothing has. */
    int poll(Duration timeout, Consumer<TopicRecord<T>> sink) {
        return poll(timeout, sink, this::warn);
    }

    /** As {@link #poll(Duration, Consumer)}; what cannot be decoded is handed on instead of logged. */
    int poll(Duration timeout, Consumer<TopicRecord<T>> sink, Consumer<UnreadableRecord> unreadable) {
        var batch = consumer.poll(timeout);
        for (ConsumerRecord<byte[], byte[]> found : batch) {
            if (found.offset() >= bound(found)) {
                continue;
            }
            try {
                T value = codec.decode(found.value() == null ? new byte[0] : found.value());
                records++;
                sink.accept(new TopicRecord<>(found.partition(), found.offset(), found.timestamp(), value));
            } catch (MalformedRecordException e) {
                malformed++;
                unreadable.accept(new UnreadableRecord(found.partition(), found.offset(), e.getMessage()));
            }
        }
        return batch.count();
    }

    private void warn(UnreadableRecord record) {
        LOG.warn(
                "{}-{} at offset {} cannot be read and is left out: {}",
                topicName,
                record.partition(),
                record.offset(),
                record.cause());
    }

    /** Ignores from now on whatever lies beyond the present end of the committed part. */
    void boundAtPresentEnd() {
        bounds = consumer.endOffsets(partitions, settings.timeout());
    }

    /** Goes on so near to the bounds that about {@code count} records lie before them. */
    void skipAllButNewest(int count) {
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions, settings.timeout());
        bounds.forEach((partition, end) ->
                consumer.seek(partition, Math.max(first.get(partition), end - count / partitions.size())));
    }

    boolean hasReachedBound() {
        return bounds.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey(), settings.timeout()) >= end.getValue());
    }

    ReadSummary summary() {
        return new ReadSummary(records, malformed);
    }

    @Override
    public void close() {
        consumer.close();
    }

    private long bound(ConsumerRecord<byte[], byte[]> found) {
        return bounds.getOrDefault(new TopicPartition(found.topic(), found.partition()), Long.MAX_VALUE);
    }

    /** A consumer of committed records that belongs to no group. */
    static KafkaConsumer<byte[], byte[]> consumer(KafkaSettings settings, Map<String, String> special) {
        Properties properties = settings.clientProperties();
        properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, IsolationLevel.READ_COMMITTED.toString());
        properties.putAll(special);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static List<TopicPartition> partitions(KafkaSettings settings, String name) {
        try (AdminConnection connection = AdminConnection.open(settings)) {
            var description = connection.await(connection
                    .admin()
                    .describeTopics(List.of(name))
                    .topicNameValues()
                    .get(name));
            return description.partitions().stream()
                    .map(partition -> new TopicPartition(name, partition.partition()))
                    .toList();
        } catch (UnknownTopicOrPartitionException e) {
            throw new MissingTopicException(name, settings.bootstrapServers(), e);
        }
    }
}
