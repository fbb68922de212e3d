package io.tramontane.tests.state;

import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.topics.Topic;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The committed records of a run's topics as a file, to be written again to the topics of another broker. Topics that
 * the job reads get every record at the offset it had, which the offsets in a savepoint mean. Chunks of weights are
 * left out: nobody reads old ones.
 */
final class RecordedTopics {

    /** Written without transactions, whose markers would take offsets, and read by the job. */
    private static final Set<Topic> READ_BY_JOB = EnumSet.of(Topic.COMPLETIONS, Topic.OUTCOMES, Topic.WEIGHTS_MANIFEST);

    private record Entry(Topic topic, int partition, long offset, long timestamp, byte[] key, byte[] value) {}

    private RecordedTopics() {}

    static void record(KafkaSettings kafka, String runId, Path file) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            if (topic != Topic.WEIGHTS_CHUNKS) {
                entries.addAll(read(kafka, topic, runId));
            }
        }
        try (var out = new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(file)))) {
            out.writeInt(entries.size());
            for (Entry entry : entries) {
                out.writeUTF(entry.topic().name());
                out.writeInt(entry.partition());
                out.writeLong(entry.offset());
                out.writeLong(entry.timestamp());
                write(out, entry.key());
                write(out, entry.value());
            }
        }
    }

    /** @throws IllegalStateException when a record that the job reads gets another offset than it had */
    static void replay(Path file, KafkaSettings kafka, String runId)
            throws IOException, ExecutionException, InterruptedException {
        try (var in = new DataInputStream(new GZIPInputStream(Files.newInputStream(file)));
                var producer = new KafkaProducer<>(
                        kafka.clientProperties(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int left = in.readInt(); left > 0; left--) {
                Topic topic = Topic.valueOf(in.readUTF());
                int partition = in.readInt();
                long offset = in.readLong();
                long timestamp = in.readLong();
                var record = new ProducerRecord<>(topic.nameFor(runId), partition, timestamp, read(in), read(in));
                long written = producer.send(record).get().offset();
                if (READ_BY_JOB.contains(topic) && written != offset) {
                    throw new IllegalStateException(
                            topic + "-" + partition + ": offset " + written + " in place of " + offset);
                }
            }
        }
    }

    private static List<Entry> read(KafkaSettings kafka, Topic topic, String runId) {
        Properties properties = kafka.clientProperties();
        properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        List<TopicPartition> partitions = new ArrayList<>();
        for (int partition = 0; partition < topic.partitions(); partition++) {
            partitions.add(new TopicPartition(topic.nameFor(runId), partition));
        }
        List<Entry> entries = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(place -> consumer.position(place) < ends.get(place))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    entries.add(new Entry(
                            topic,
                            record.partition(),
                            record.offset(),
                            record.timestamp(),
                            record.key(),
                            record.value()));
                }
            }
        }
        return entries;
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes == null ? -1 : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    private static byte[] read(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length < 0 ? null : in.readNBytes(length);
    }
}
