package io.tramontane.kafka.weights;

import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.schemas.MalformedRecordException;
import io.tramontane.schemas.RecordCodec;
import io.tramontane.schemas.WeightsChunk;
import io.tramontane.schemas.WeightsManifest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the chunks a manifest names and puts them together. Chunks of other versions may lie between them: a trainer
 * that was replaced may not know it yet.
 *
 * <p>Used by one thread; {@link #wakeup()} by any.
 */
public final class ChunkReader implements AutoCloseable {

    private static final Duration WAIT = Duration.ofMillis(500);
    private static final String FETCH_BYTES = Integer.toString(8 << 20);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TopicPartition partition;
    private final Duration timeout;
    private final RecordCodec<WeightsChunk> codec = RecordCodec.of(WeightsChunk.class);

    ChunkReader(KafkaSettings settings, String runId) {
        this.partition = new TopicPartition(Topic.WEIGHTS_CHUNKS.nameFor(runId), 0);
        this.timeout = settings.timeout();
        this.consumer = new KafkaConsumer<>(
                consumerProperties(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(List.of(partition));
    }

    /**
     * The verified data of the version, float32 little-endian.
     *
     * @throws WeightsUnavailableException when a chunk is missing or the data is not what the manifest describes
     */
    ByteBuffer read(WeightsManifest manifest) throws WeightsUnavailableException {
        if (manifest.getTotalBytes() < 0 || manifest.getTotalBytes() > Integer.MAX_VALUE - 8) {
            throw new WeightsUnavailableException("the manifest says " + manifest.getTotalBytes() + " bytes");
        }
        // The chunks were acknowledged before the manifest was written, so all lie before the present end.
        long end = consumer.endOffsets(List.of(partition), timeout).get(partition);
        consumer.resume(List.of(partition));
        consumer.seek(partition, manifest.getFirstOffset());
        try {
            return assemble(manifest, end);
        } catch (OffsetOutOfRangeException e) {
            throw new WeightsUnavailableException("its chunks were deleted");
        } finally {
            // Else the consumer would fetch ahead what other versions follow.
            consumer.pause(List.of(partition));
        }
    }

    /** Ends a {@link #read} in another thread with a {@link org.apache.kafka.common.errors.WakeupException}. */
    void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }

    private ByteBuffer assemble(WeightsManifest manifest, long end) throws WeightsUnavailableException {
        ByteBuffer data = ByteBuffer.allocate((int) manifest.getTotalBytes()).order(ByteOrder.LITTLE_ENDIAN);
        CRC32C crc = new CRC32C();
        int next = 0;
        while (next < manifest.getChunkCount()) {
            if (consumer.position(partition, timeout) >= end) {
                throw new WeightsUnavailableException(
                        "chunk " + next + " of " + manifest.getChunkCount() + " is missing");
            }
            for (ConsumerRecord<byte[], byte[]> found : consumer.poll(WAIT)) {
                WeightsChunk chunk = decode(found);
                boolean wanted = chunk.getIncarnation() == manifest.getIncarnation()
                        && chunk.getVersion() == manifest.getVersion()
                        && next < manifest.getChunkCount();
                if (!wanted) {
                    continue;
                }
                if (chunk.getIndex() != next) {
                    throw new WeightsUnavailableException(
                            "chunk " + next + " is missing, chunk " + chunk.getIndex() + " is in its place");
                }
                ByteBuffer bytes = chunk.getData();
                if (bytes.remaining() > data.remaining()) {
                    throw new WeightsUnavailableException("its chunks are larger than the manifest says");
                }
                crc.update(bytes.duplicate());
                data.put(bytes);
                next++;
            }
        }
        if (data.hasRemaining()) {
            throw new WeightsUnavailableException("its chunks are " + data.remaining() + " bytes short");
        }
        if (crc.getValue() != manifest.getCrc32c()) {
            throw new WeightsUnavailableException("the checksum of its data differs");
        }
        return data.flip();
    }

    public static Properties consumerProperties(KafkaSettings settings) {
        Properties properties = settings.clientProperties();
        properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        // A version that was deleted meanwhile must be noticed, not replaced by another offset.
        properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.setProperty(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        properties.setProperty(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        properties.setProperty(ConsumerConfig.RECEIVE_BUFFER_CONFIG, "-1");
        return properties;
    }

    private WeightsChunk decode(ConsumerRecord<byte[], byte[]> found) throws WeightsUnavailableException {
        try {
            return codec.decode(found.value() == null ? new byte[0] : found.value());
        } catch (MalformedRecordException e) {
            throw new WeightsUnavailableException(
                    "the chunk at offset " + found.offset() + " cannot be read: " + e.getMessage());
        }
    }
}
