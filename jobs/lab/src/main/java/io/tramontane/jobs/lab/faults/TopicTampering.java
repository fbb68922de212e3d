package io.tramontane.jobs.lab.faults;

import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.schemas.Identity;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts on the completions topic of a run what a broken generator would. Used by one thread. */
public final class TopicTampering {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final int CORRUPTED = 40;

    private final KafkaSettings kafka;
    private final String topic;

    /** Nothing is connected before it is used. */
    public TopicTampering(KafkaSettings kafka, String runId) {
        this.kafka = kafka;
        this.topic = Topic.COMPLETIONS.nameFor(runId);
    }

    /**
     * Delivers every record there is once more, in the same order and under the same key.
     *
     * @return how many
     */
    long deliverAgain() {
        return deliverAgain(Long.MAX_VALUE);
    }

    /**
     * Delivers the newest records once more, in the same order and under the same key.
     *
     * @param most of each partition
     * @return how many
     */
    public long deliverAgain(long most) {
        long copied = 0;
        try (KafkaConsumer<byte[], byte[]> consumer = consumer();
                KafkaProducer<byte[], byte[]> producer = producer()) {
            Map<TopicPartition, Long> ends = fromTheBeginning(consumer);
            ends.forEach((partition, end) -> consumer.seek(partition, Math.max(0, end - most)));
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() < ends.get(new TopicPartition(topic, record.partition()))) {
                        producer.send(new ProducerRecord<>(topic, record.partition(), record.key(), record.value()));
                        copied++;
                    }
                }
            }
            producer.flush();
        }
        return copied;
    }

    /**
     * Writes records that cannot be read as completions: random bytes, halves of completions, completions with a bit
     * turned over, no value at all.
     *
     * @return how many
     */
    public int writeCorrupted(long seed) {
        Random random = new Random(Identity.seed(seed, "corrupted"));
        List<byte[]> genuine = newest();
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            for (int index = 0; index < CORRUPTED; index++) {
                byte[] key = ("corrupted/" + index).getBytes(StandardCharsets.UTF_8);
                sent.add(producer.send(new ProducerRecord<>(topic, key, corrupted(index, genuine, random))));
            }
            for (Future<RecordMetadata> future : sent) {
                future.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a corrupted record was not written", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return sent.size();
    }

    private static byte[] corrupted(int index, List<byte[]> genuine, Random random) {
        byte[] noise = new byte[1 + random.nextInt(4_000)];
        random.nextBytes(noise);
        if (index % 4 == 0) {
            return null;
        }
        if (index % 4 == 1 || genuine.isEmpty()) {
            return noise;
        }
        byte[] record = genuine.get(random.nextInt(genuine.size()));
        if (index % 4 == 2) {
            return Arrays.copyOf(record, record.length / 2);
        }
        byte[] turned = record.clone();
        // In the schema's fingerprint: elsewhere it might turn a text into another one, which nobody can tell.
        turned[2 + random.nextInt(8)] ^= (byte) (1 << random.nextInt(8));
        return turned;
    }

    /** Values near the end of the topic. */
    private List<byte[]> newest() {
        List<byte[]> values = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            Map<TopicPartition, Long> ends = fromTheBeginning(consumer);
            ends.forEach((partition, end) -> consumer.seek(partition, Math.max(0, end - 10)));
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.value() != null && record.value().length > 10) {
                    values.add(record.value());
                }
            }
        }
        return values;
    }

    private Map<TopicPartition, Long> fromTheBeginning(KafkaConsumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer.endOffsets(partitions);
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Properties properties = kafka.clientProperties();
        properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private KafkaProducer<byte[], byte[]> producer() {
        Properties properties = kafka.clientProperties();
        properties.setProperty(
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(Topic.COMPLETIONS.maximumRecordBytes()));
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
