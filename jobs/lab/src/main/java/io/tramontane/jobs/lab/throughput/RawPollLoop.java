package io.tramontane.jobs.lab.throughput;

import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.pipeline.io.FetchSettings;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Polls a topic with the fetch settings of the job's source and does nothing with the records by itself. */
final class RawPollLoop {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private RawPollLoop() {}

    /**
     * Reads so many completions of the run from the beginning.
     *
     * @throws RunFailure when no more come
     */
    static Pass run(KafkaSettings kafka, String runId, long completions) {
        return run(kafka, runId, completions, record -> {});
    }

    /**
     * Likewise, and hands on each.
     *
     * @param listener is called by this thread; what it takes is part of the time
     */
    static Pass run(
            KafkaSettings kafka, String runId, long completions, Consumer<ConsumerRecord<byte[], byte[]>> listener) {
        Properties properties = kafka.clientProperties();
        FetchSettings.applyTo(properties);
        properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topic.COMPLETIONS.nameFor(runId)).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long started = System.nanoTime();
            long last = started;
            long records = 0;
            long bytes = 0;
            while (records < completions) {
                ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
                for (ConsumerRecord<byte[], byte[]> one : polled) {
                    bytes += one.value().length;
                    listener.accept(one);
                }
                records += polled.count();
                long now = System.nanoTime();
                if (!polled.isEmpty()) {
                    last = now;
                } else if (now - last > SILENCE.toNanos()) {
                    throw new RunFailure("only " + records + " of " + completions + " completions can be read");
                }
            }
            return new Pass((System.nanoTime() - started) / 1e9, records, bytes);
        }
    }

    /** @param bytes of the records' values */
    record Pass(double seconds, long records, long bytes) {

        double perSecond() {
            return records / seconds;
        }
    }
}
