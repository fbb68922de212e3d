package io.tramontane.jobs.lab.weights;

import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.kafka.topics.TopicAdmin;
import io.tramontane.kafka.weights.ChunkReader;
import io.tramontane.kafka.weights.WeightsPayload;
import io.tramontane.kafka.weights.WeightsPublisher;
import io.tramontane.kafka.weights.WeightsSubscriber;
import io.tramontane.kafka.weights.WeightsTransportSettings;
import io.tramontane.schemas.PackedNumbers;
import io.tramontane.schemas.TensorEntry;
import io.tramontane.schemas.WeightsVersion;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Measures how long weights take from the begin of their publication until a consumer has verified them, beside a plain
 * producer and consumer that carry the same bytes in the same run. The weights are random: what is near zero would
 * compress and flatter the result.
 */
public final class WeightsTransportBenchmark {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int WARM_UP_REPETITIONS = 5;

    private WeightsTransportBenchmark() {}

    /**
     * Times of many repetitions, in milliseconds.
     *
     * @param median half of the repetitions took at most this long
     * @param ninetieth nine tenths of them did
     */
    public record Times(double median, double ninetieth) {

        static Times of(List<Double> milliseconds) {
            List<Double> sorted = milliseconds.stream().sorted().toList();
            return new Times(quantile(sorted, 0.5), quantile(sorted, 0.9));
        }

        /** Nearest rank. */
        private static double quantile(List<Double> sorted, double share) {
            return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "median %6.1f ms, 90%% %6.1f ms", median, ninetieth);
        }
    }

    /**
     * The outcome.
     *
     * @param bytes size of the weights
     * @param repetitions measured ones
     * @param transport from the begin of publish to verified in a subscriber that was already there
     * @param lateJoin from making a subscriber to its having the newest verified weights
     * @param raw the same bytes through a plain producer and consumer
     */
    public record Report(int bytes, int repetitions, Times transport, Times lateJoin, Times raw) {

        /** How much longer than the plain bytes the transport takes, by the medians. */
        public double ratio() {
            return transport.median() / raw.median();
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "weights of %.1f MB, %d repetitions%n"
                            + "  published to verified  %s%n"
                            + "  late joiner            %s%n"
                            + "  raw produce + consume  %s%n"
                            + "  ratio to raw           %.2f",
                    bytes / 1e6,
                    repetitions,
                    transport,
                    lateJoin,
                    raw,
                    ratio());
        }
    }

    /**
     * Runs on topics of its own in the given cluster: those of the runs {@code <runId>} and {@code <runId>-raw}.
     *
     * @param bytes size of the weights, a multiple of four
     * @param repetitions at least one; a few more come first and are not counted
     */
    public static Report run(
            KafkaSettings kafka, String runId, WeightsTransportSettings settings, int bytes, int repetitions)
            throws InterruptedException {
        String rawRunId = runId + "-raw";
        try (TopicAdmin admin = new TopicAdmin(kafka)) {
            admin.createMissing(runId);
            admin.createMissing(rawRunId);
        }
        List<Double> transport = new ArrayList<>();
        List<Double> lateJoin = new ArrayList<>();
        List<Double> raw = new ArrayList<>();
        WeightsPayload payload = random(bytes);
        try (WeightsPublisher publisher = new WeightsPublisher(kafka, runId, settings);
                WeightsSubscriber subscriber = new WeightsSubscriber(kafka, runId, settings);
                RawTransfer transfer = new RawTransfer(kafka, rawRunId, settings, payload)) {
            long incarnation = publisher.newestIncarnation() + 1;
            for (int i = 0; i < WARM_UP_REPETITIONS + repetitions; i++) {
                WeightsVersion version = new WeightsVersion(incarnation, i);
                double transportTime = time(() -> {
                    publisher.publish(version, payload, "");
                    receive(subscriber, version);
                });
                double lateJoinTime = lateJoin(kafka, runId, settings, version);
                double rawTime = time(transfer::carry);
                if (i >= WARM_UP_REPETITIONS) {
                    transport.add(transportTime);
                    lateJoin.add(lateJoinTime);
                    raw.add(rawTime);
                }
            }
        }
        return new Report(bytes, repetitions, Times.of(transport), Times.of(lateJoin), Times.of(raw));
    }

    /** Closing the subscriber does not count. */
    private static double lateJoin(
            KafkaSettings kafka, String runId, WeightsTransportSettings settings, WeightsVersion version)
            throws InterruptedException {
        long start = System.nanoTime();
        try (WeightsSubscriber late = new WeightsSubscriber(kafka, runId, settings)) {
            receive(late, version);
            return millisecondsSince(start);
        }
    }

    private static void receive(WeightsSubscriber subscriber, WeightsVersion version) throws InterruptedException {
        WeightsVersion received = subscriber
                .newest(TIMEOUT)
                .orElseThrow(() -> new IllegalStateException("weights " + version + " did not arrive"))
                .version();
        if (!received.equals(version)) {
            throw new IllegalStateException("weights " + received + " arrived instead of " + version);
        }
    }

    private static double time(Timed action) throws InterruptedException {
        long start = System.nanoTime();
        action.run();
        return millisecondsSince(start);
    }

    private static double millisecondsSince(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e6;
    }

    private static WeightsPayload random(int bytes) {
        Random random = new Random(bytes);
        float[] values = new float[bytes / Float.BYTES];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new WeightsPayload(
                List.of(new TensorEntry("weights", List.of((long) values.length), 0L)), PackedNumbers.floats(values));
    }

    /** What is timed. */
    private interface Timed {
        void run() throws InterruptedException;
    }

    /** The same bytes in the same pieces without manifest, checksum or assembly. */
    private static final class RawTransfer implements AutoCloseable {

        private final TopicPartition partition;
        private final List<byte[]> pieces = new ArrayList<>();
        private final int totalBytes;
        private final KafkaProducer<byte[], byte[]> producer;
        private final KafkaConsumer<byte[], byte[]> consumer;

        RawTransfer(KafkaSettings kafka, String runId, WeightsTransportSettings settings, WeightsPayload payload) {
            this.partition = new TopicPartition(Topic.WEIGHTS_CHUNKS.nameFor(runId), 0);
            ByteBuffer data = payload.data();
            this.totalBytes = data.remaining();
            while (data.hasRemaining()) {
                byte[] piece = new byte[Math.min(settings.chunkBytes(), data.remaining())];
                data.get(piece);
                pieces.add(piece);
            }
            this.producer = new KafkaProducer<>(
                    WeightsPublisher.producerProperties(kafka, settings),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
            Properties properties = ChunkReader.consumerProperties(kafka);
            properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
            this.consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            consumer.assign(List.of(partition));
            Map<TopicPartition, Long> ends = consumer.endOffsets(List.of(partition));
            ends.forEach(consumer::seek);
        }

        void carry() {
            pieces.forEach(piece -> producer.send(new ProducerRecord<>(partition.topic(), 0, null, piece)));
            producer.flush();
            for (int arrived = 0; arrived < totalBytes; ) {
                for (ConsumerRecord<byte[], byte[]> found : consumer.poll(TIMEOUT)) {
                    arrived += found.value().length;
                }
            }
        }

        @Override
        public void close() {
            producer.close();
            consumer.close();
        }
    }
}
