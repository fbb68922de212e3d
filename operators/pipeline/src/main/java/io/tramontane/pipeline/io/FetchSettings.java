package io.tramontane.pipeline.io;

import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * How much a consumer fetches at once: with Kafka's defaults, 500 records a poll, up to half the throughput is lost.
 */
public final class FetchSettings {

    private static final int FETCH_BYTES = 32 << 20;
    private static final int PARTITION_FETCH_BYTES = 8 << 20;
    private static final int POLL_RECORDS = 5_000;

    private FetchSettings() {}

    /** Adds them to a consumer's properties. */
    public static void applyTo(Properties properties) {
        properties.setProperty(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, Integer.toString(FETCH_BYTES));
        properties.setProperty(
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Integer.toString(PARTITION_FETCH_BYTES));
        properties.setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Integer.toString(POLL_RECORDS));
    }
}
