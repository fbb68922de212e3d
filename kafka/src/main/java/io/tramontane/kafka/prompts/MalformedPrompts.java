package io.tramontane.kafka.prompts;

import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.records.RecordProducer;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.schemas.DeadLetter;
import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports prompts that cannot be read to the dead letters. It connects at the first one: most generators never meet
 * any.
 *
 * <p>Used by one thread.
 */
final class MalformedPrompts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MalformedPrompts.class);

    private final KafkaSettings kafka;
    private final String runId;
    private RecordProducer<DeadLetter> producer;

    MalformedPrompts(KafkaSettings kafka, String runId) {
        this.kafka = kafka;
        this.runId = runId;
    }

    /** Returns when the brokers have the dead letter. */
    void report(ConsumerRecord<byte[], byte[]> found, String cause) {
        LOG.warn("prompt at offset {} of {} goes to the dead letters: {}", found.offset(), found.topic(), cause);
        if (producer == null) {
            producer = new RecordProducer<>(kafka, Topic.DEAD_LETTERS, runId, DeadLetter.class);
        }
        DeadLetter letter = DeadLetter.newBuilder()
                .setTopic(found.topic())
                .setPartition(found.partition())
                .setOffset(found.offset())
                .setCause(cause)
                .setKey(found.key() == null ? null : ByteBuffer.wrap(found.key()))
                .setValue(found.value() == null ? null : ByteBuffer.wrap(found.value()))
                .setAt(System.currentTimeMillis())
                .build();
        producer.send(null, letter).join();
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close();
        }
    }
}
