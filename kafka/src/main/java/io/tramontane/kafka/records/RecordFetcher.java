package io.tramontane.kafka.records;

import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.KafkaUnreachableException;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.schemas.MalformedRecordException;
import io.tramontane.schemas.RecordCodec;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads single records of a topic whose places are known.
 *
 * <p>Used by one thread at a time.
 */
public final class RecordFetcher<T extends SpecificRecord> implements AutoCloseable {

    private static final Duration WAIT = Duration.ofMillis(100);
    /** A gap up to here is read over: one more request takes longer than so many records that are there already. */
    private static final long OFFSETS_READ_OVER = 64;

    /**
     * Little beyond what is asked for; a record that is larger comes whole. The client fetches ahead by itself, and at
     * the end of a topic the next question would wait until the broker has answered that.
     */
    private static final Map<String, String> PROPERTIES = Map.of(
            ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
            Integer.toString(256 << 10),
            ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
            "5");

    private final KafkaSettings settings;
    private final String topicName;
    private final RecordCodec<T> codec;
    private final KafkaConsumer<byte[], byte[]> consumer;

    /** @param type the topic's {@link Topic#recordType()} */
    public RecordFetcher(KafkaSettings settings, Topic topic, String runId, Class<T> type) {
        if (topic.recordType() != type) {
            throw new IllegalArgumentException(topic + " carries " + topic.recordType() + ", not " + type);
        }
        this.settings = settings;
        this.topicName = topic.nameFor(runId);
        this.codec = RecordCodec.of(type);
        this.consumer = TopicCursor.consumer(settings, PROPERTIES);
    }

    /**
     * The records at these places. What was deleted meanwhile or cannot be decoded is missing.
     *
     * @throws KafkaUnreachableException when no broker answers in time
     */
    public Map<RecordPlace, T> fetch(Collection<RecordPlace> places) {
        Map<TopicPartition, TreeSet<Long>> wanted = new HashMap<>();
        places.forEach(place -> wanted.computeIfAbsent(
                        new TopicPartition(topicName, place.partition()), partition -> new TreeSet<>())
                .add(place.offset()));
        Map<RecordPlace, T> found = new HashMap<>();
        assign(wanted);
        long deadline = System.nanoTime() + settings.timeout().toNanos();
        while (!wanted.isEmpty()) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(WAIT)) {
                take(record, wanted, found);
            }
            if (passed(wanted)) {
                assign(wanted);
            }
            if (System.nanoTime() > deadline) {
                throw new KafkaUnreachableException(settings.bootstrapServers(), settings.timeout(), null);
            }
        }
        return found;
    }

    private void assign(Map<TopicPartition, TreeSet<Long>> wanted) {
        consumer.assign(wanted.keySet());
        wanted.forEach((partition, offsets) -> consumer.seek(partition, offsets.first()));
    }

    private void take(
            ConsumerRecord<byte[], byte[]> record,
            Map<TopicPartition, TreeSet<Long>> wanted,
            Map<RecordPlace, T> found) {
        TreeSet<Long> offsets = wanted.get(new TopicPartition(record.topic(), record.partition()));
        if (offsets == null || !offsets.contains(record.offset())) {
            return;
        }
        try {
            found.put(new RecordPlace(record.partition(), record.offset()), codec.decode(record.value()));
        } catch (MalformedRecordException e) {
            // The reader that indexed the topic has counted and reported it.
        }
    }

    /**
     * Forgets the places that lie behind the consumer.
     *
     * @return whether it is worth jumping, or no longer all partitions are of interest
     */
    private boolean passed(Map<TopicPartition, TreeSet<Long>> wanted) {
        boolean jump = false;
        for (TopicPartition partition : Map.copyOf(wanted).keySet()) {
            long position = consumer.position(partition, settings.timeout());
            TreeSet<Long> offsets = wanted.get(partition);
            offsets.headSet(position).clear();
            if (offsets.isEmpty()) {
                wanted.remove(partition);
                jump = true;
            } else if (offsets.first() - position > OFFSETS_READ_OVER) {
                jump = true;
            }
        }
        return jump;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
