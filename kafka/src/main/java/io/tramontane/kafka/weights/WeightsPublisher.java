package io.tramontane.kafka.weights;

import io.tramontane.kafka.AdminConnection;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.KafkaUnreachableException;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.schemas.RecordCodec;
import io.tramontane.schemas.WeightsChunk;
import io.tramontane.schemas.WeightsManifest;
import io.tramontane.schemas.WeightsVersion;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes versions of the weights: first all chunks, and once the brokers have them, the manifest. A reader of a
 * manifest so finds its chunks. Outside of any transaction, because weights may not wait for a checkpoint.
 *
 * <p>Used by one thread, the trainer's.
 */
public final class WeightsPublisher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WeightsPublisher.class);

    /** What a chunk's record takes beside its data: schema fingerprint, version, index, key, batch header. */
    private static final int CHUNK_OVERHEAD_BYTES = 4096;

    private final String runId;
    private final WeightsTransportSettings settings;
    private final TopicPartition chunks;
    private final String manifestTopic;
    private final ManifestTail manifests;
    private final AdminConnection connection;
    private final KafkaProducer<byte[], byte[]> producer;
    private final RecordCodec<WeightsChunk> chunkCodec = RecordCodec.of(WeightsChunk.class);
    private final RecordCodec<WeightsManifest> manifestCodec = RecordCodec.of(WeightsManifest.class);
    /** First offsets of the versions that were published here and not deleted, oldest first. */
    private final Deque<Long> firstOffsets = new ArrayDeque<>();

    /** @throws KafkaUnreachableException when no broker answers in time */
    public WeightsPublisher(KafkaSettings kafka, String runId, WeightsTransportSettings settings) {
        this.runId = runId;
        this.settings = settings;
        this.chunks = new TopicPartition(Topic.WEIGHTS_CHUNKS.nameFor(runId), 0);
        this.manifestTopic = Topic.WEIGHTS_MANIFEST.nameFor(runId);
        this.connection = AdminConnection.open(kafka);
        this.manifests = new ManifestTail(kafka, runId);
        this.producer = new KafkaProducer<>(
                producerProperties(kafka, settings), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * The incarnation of the newest published weights; 0 when none were published. A trainer that starts exceeds it.
     */
    public long newestIncarnation() {
        return manifests.newest().map(WeightsManifest::getIncarnation).orElse(0L);
    }

    /**
     * Returns when the brokers have the whole version. Older versions beyond those to keep are deleted meanwhile.
     *
     * @param weightsHash SHA-256 (hex) of the data, as computed by the trainer
     * @return what readers find on the manifest topic
     * @throws WeightsPublishException when the brokers do not take it within the publish timeout
     */
    public WeightsManifest publish(WeightsVersion version, WeightsPayload payload, String weightsHash) {
        try {
            CRC32C crc = new CRC32C();
            List<Future<RecordMetadata>> sent = sendChunks(version, payload.data(), crc);
            long firstOffset = sent.get(0).get().offset();
            for (Future<RecordMetadata> chunk : sent) {
                chunk.get();
            }
            WeightsManifest manifest = WeightsManifest.newBuilder()
                    .setRunId(runId)
                    .setIncarnation(version.incarnation())
                    .setVersion(version.version())
                    .setTensors(payload.tensors())
                    .setTotalBytes(payload.data().remaining())
                    .setChunkCount(sent.size())
                    .setFirstOffset(firstOffset)
                    .setCrc32c(crc.getValue())
                    .setWeightsHash(weightsHash)
                    .setPublishedAt(System.currentTimeMillis())
                    .build();
            producer.send(new ProducerRecord<>(
                            manifestTopic, 0, runId.getBytes(StandardCharsets.UTF_8), manifestCodec.encode(manifest)))
                    .get();
            firstOffsets.addLast(firstOffset);
            deleteOldVersions();
            return manifest;
        } catch (ExecutionException | KafkaException e) {
            Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
            throw new WeightsPublishException(
                    "weights " + version + " could not be published: " + cause.getMessage(), cause);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        producer.close(settings.publishTimeout());
        manifests.close();
        connection.close();
    }

    private List<Future<RecordMetadata>> sendChunks(WeightsVersion version, ByteBuffer data, CRC32C crc) {
        byte[] key = version.toString().getBytes(StandardCharsets.UTF_8);
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        int end = data.limit();
        // Weights without a byte still have one, empty, chunk: the manifest needs a first offset.
        do {
            data.limit(data.position() + Math.min(settings.chunkBytes(), end - data.position()));
            crc.update(data.duplicate());
            WeightsChunk chunk = new WeightsChunk(version.incarnation(), version.version(), sent.size(), data.slice());
            sent.add(producer.send(
                    new ProducerRecord<>(chunks.topic(), chunks.partition(), key, chunkCodec.encode(chunk))));
            data.position(data.limit());
            data.limit(end);
        } while (data.hasRemaining());
        return sent;
    }

    /** Not waited for: a deletion that fails is made up for by the next one. */
    private void deleteOldVersions() {
        while (firstOffsets.size() > settings.versionsKept()) {
            firstOffsets.removeFirst();
        }
        if (firstOffsets.size() == settings.versionsKept()) {
            connection
                    .admin()
                    .deleteRecords(Map.of(chunks, RecordsToDelete.beforeOffset(firstOffsets.getFirst())))
                    .all()
                    .whenComplete((nothing, error) -> {
                        if (error != null) {
                            LOG.debug("old weights stay on {} for now", chunks, error);
                        }
                    });
        }
    }

    public static Properties producerProperties(KafkaSettings kafka, WeightsTransportSettings settings) {
        int recordBytes = settings.chunkBytes() + CHUNK_OVERHEAD_BYTES;
        int timeout = Math.toIntExact(settings.publishTimeout().toMillis());
        Properties properties = kafka.clientProperties();
        properties.setProperty(ProducerConfig.ACKS_CONFIG, "all");
        // Keeps the chunks in order and free of repetitions whatever has to be retried.
        properties.setProperty(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        properties.setProperty(ProducerConfig.LINGER_MS_CONFIG, "0");
        // A batch a chunk: buffers of this size are pooled.
        properties.setProperty(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(recordBytes));
        properties.setProperty(
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(Topic.WEIGHTS_MANIFEST.maximumRecordBytes()));
        properties.setProperty(ProducerConfig.BUFFER_MEMORY_CONFIG, Integer.toString(64 << 20));
        properties.setProperty(ProducerConfig.SEND_BUFFER_CONFIG, "-1");
        properties.setProperty(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.toString(timeout));
        properties.setProperty(ProducerConfig.MAX_BLOCK_MS_CONFIG, Integer.toString(timeout));
        properties.setProperty(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Integer.toString(timeout));
        return properties;
    }
}
