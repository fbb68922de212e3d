package io.tramontane.kafka.weights;

import io.tramontane.kafka.AdminConnection;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.schemas.MalformedRecordException;
import io.tramontane.schemas.RecordCodec;
import io.tramontane.schemas.WeightsManifest;
import io.tramontane.schemas.WeightsVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the manifest topic from near its end. It begins a few records before the end and not at the last one, because
 * a trainer that was replaced may still write a manifest or two after its successor's first.
 *
 * <p>Used by one thread; {@link #wakeup()} by any.
 */
final class ManifestTail implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ManifestTail.class);
    private static final int TAIL_RECORDS = 16;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TopicPartition partition;
    private final Duration timeout;
    private final RecordCodec<WeightsManifest> codec = RecordCodec.of(WeightsManifest.class);

    ManifestTail(KafkaSettings settings, String runId) {
        AdminConnection.open(settings).close();
        this.partition = new TopicPartition(Topic.WEIGHTS_MANIFEST.nameFor(runId), 0);
        this.timeout = settings.timeout();
        Properties properties = settings.clientProperties();
        properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(List.of(partition));
        consumer.seek(partition, Math.max(0, end() - TAIL_RECORDS));
    }

    static WeightsVersion versionOf(WeightsManifest manifest) {
        return new WeightsVersion(manifest.getIncarnation(), manifest.getVersion());
    }

    /** The newest manifest among those that exist now; empty when there is none. */
    Optional<WeightsManifest> newest() {
        long end = end();
        Optional<WeightsManifest> newest = Optional.empty();
        while (consumer.position(partition, timeout) < end) {
            newest = newer(newest, poll(timeout));
        }
        return newest;
    }

    /** The newest manifest among those that arrive next; waits at most for the timeout when none does. */
    Optional<WeightsManifest> poll(Duration wait) {
        Optional<WeightsManifest> newest = Optional.empty();
        for (ConsumerRecord<byte[], byte[]> found : consumer.poll(wait)) {
            try {
                WeightsManifest manifest = codec.decode(found.value() == null ? new byte[0] : found.value());
                newest = newer(newest, Optional.of(manifest));
            } catch (MalformedRecordException e) {
                LOG.warn(
                        "{} at offset {} cannot be read and is left out: {}",
                        partition,
                        found.offset(),
                        e.getMessage());
            }
        }
        return newest;
    }

    /** Ends a {@link #poll} in another thread with a {@link org.apache.kafka.common.errors.WakeupException}. */
    void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }

    private long end() {
        return consumer.endOffsets(List.of(partition), timeout).get(partition);
    }

    private static Optional<WeightsManifest> newer(Optional<WeightsManifest> one, Optional<WeightsManifest> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.or(() -> other);
        }
        return versionOf(other.get()).supersedes(versionOf(one.get())) ? other : one;
    }
}
