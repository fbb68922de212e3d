package io.tramontane.pipeline.io;

import io.tramontane.kafka.topics.Topic;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;

/** How producers that write a topic are set. */
public final class ProducerSettings {

    /**
     * Nobody can read a transaction before its checkpoint, so its records may wait for company. A group is larger than
     * Kafka's default of 16 KiB and would always travel alone.
     */
    private static final int TRANSACTION_BATCH_BYTES = 512 << 10;

    private static final int TRANSACTION_LINGER_MILLIS = 20;

    /** Kafka's own size of a producer's buffer. */
    private static final int SMALLEST_BUFFER_BYTES = 32 << 20;

    private ProducerSettings() {}

    /** For any producer. */
    public static Properties of(Topic topic) {
        Properties properties = new Properties();
        properties.setProperty(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, String.valueOf(topic.maximumRecordBytes()));
        // The buffer must hold the largest record; it is taken only as far as it is needed.
        properties.setProperty(
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                String.valueOf(Math.max(SMALLEST_BUFFER_BYTES, topic.maximumRecordBytes())));
        return properties;
    }

    /** For a producer whose records are seen at the end of a transaction only. */
    public static Properties transactional(Topic topic) {
        Properties properties = of(topic);
        properties.setProperty(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(TRANSACTION_BATCH_BYTES));
        properties.setProperty(ProducerConfig.LINGER_MS_CONFIG, Integer.toString(TRANSACTION_LINGER_MILLIS));
        return properties;
    }
}
