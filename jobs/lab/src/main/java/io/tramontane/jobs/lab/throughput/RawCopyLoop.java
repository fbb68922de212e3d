package io.tramontane.jobs.lab.throughput;

import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.pipeline.io.ProducerSettings;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Copies the completions' bytes into the groups topic in one transaction, sixteen to a record, and does nothing else:
 * no dataflow that writes groups with this producer can be quicker. One thread, beside the producer's own.
 */
final class RawCopyLoop {

    private RawCopyLoop() {}

    /** Completions a second, from the first poll until the transaction is committed. */
    static double run(KafkaSettings kafka, String runId, long completions) {
        Properties properties = kafka.clientProperties();
        properties.setProperty(ProducerConfig.TRANSACTIONAL_ID_CONFIG, runId + "-raw-copy");
        properties.putAll(ProducerSettings.transactional(Topic.GROUPS));
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            Copy copy = new Copy(producer, Topic.GROUPS.nameFor(runId));
            long started = System.nanoTime();
            RawPollLoop.run(kafka, runId, completions, one -> copy.add(one.value()));
            copy.flush();
            producer.commitTransaction();
            return completions / ((System.nanoTime() - started) / 1e9);
        }
    }

    /** Used by one thread. */
    private static final class Copy {
        private final KafkaProducer<byte[], byte[]> producer;
        private final String topic;
        private final List<byte[]> values = new ArrayList<>(CompletionSequence.GROUP_SIZE);
        private int bytes;

        private Copy(KafkaProducer<byte[], byte[]> producer, String topic) {
            this.producer = producer;
            this.topic = topic;
        }

        void add(byte[] value) {
            values.add(value);
            bytes += value.length;
            if (values.size() == CompletionSequence.GROUP_SIZE) {
                flush();
            }
        }

        void flush() {
            ByteBuffer together = ByteBuffer.allocate(bytes);
            values.forEach(together::put);
            producer.send(new ProducerRecord<>(topic, together.array()));
            values.clear();
            bytes = 0;
        }
    }
}
