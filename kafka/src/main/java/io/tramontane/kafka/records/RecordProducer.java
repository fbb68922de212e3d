package io.tramontane.kafka.records;

import io.tramontane.kafka.AdminConnection;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.KafkaUnreachableException;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.schemas.RecordCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes records to one topic of a run, each once and durably, in order for each key.
 *
 * <p>Used by one thread at a time. The futures it returns complete on the producer's own thread.
 */
public final class RecordProducer<T extends SpecificRecord> implements AutoCloseable {

    /** Encoded records that may wait for the broker at least; somewhere beyond it {@link #send} blocks. */
    public static final int BUFFER_BYTES = 32 << 20;

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final String topicName;
    private final RecordCodec<T> codec;
    private final KafkaProducer<byte[], byte[]> producer;

    /**
     * @param type the topic's {@link Topic#recordType()}
     * @throws KafkaUnreachableException when no broker answers in time
     */
    public RecordProducer(KafkaSettings settings, Topic topic, String runId, Class<T> type) {
        if (topic.recordType() != type) {
            throw new IllegalArgumentException(topic + " carries " + topic.recordType() + ", not " + type);
        }
        this.topicName = topic.nameFor(runId);
        this.codec = RecordCodec.of(type);
        AdminConnection.open(settings).close();
        Properties properties = settings.clientProperties();
        properties.setProperty(ProducerConfig.ACKS_CONFIG, "all");
        properties.setProperty(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        properties.setProperty(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(topic.maximumRecordBytes()));
        properties.setProperty(
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                Integer.toString(Math.max(BUFFER_BYTES, topic.maximumRecordBytes())));
        properties.putIfAbsent(
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                Long.toString(settings.timeout().toMillis()));
        this.producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Hands the record to the producer; blocks only while its buffer is full or where the topic lies is not known, and
     * then for the settings' timeout at most.
     *
     * @return completes when the brokers have the record, or exceptionally: with a
     *     {@link org.apache.kafka.common.errors.RetriableException} when no broker took it for as long as the producer
     *     tries, after which it may be sent again, and with another one when they refuse it
     */
    public CompletableFuture<Void> send(String key, T value) {
        CompletableFuture<Void> durable = new CompletableFuture<>();
        byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(topicName, keyBytes, codec.encode(value)), (metadata, error) -> {
            if (error == null) {
                durable.complete(null);
            } else {
                durable.completeExceptionally(error);
            }
        });
        return durable;
    }

    /** Returns when every record sent so far is durable or has failed. */
    public void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }
}
