package io.tramontane.kafka.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tramontane.kafka.AdminConnection;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.KafkaUnreachableException;
import io.tramontane.kafka.testing.BrokerExtension;
import io.tramontane.kafka.testing.TestRun;
import io.tramontane.kafka.testing.ThreadLeakExtension;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.kafka.weights.WeightsSubscriber.ReceivedWeights;
import io.tramontane.schemas.RecordCodec;
import io.tramontane.schemas.WeightsChunk;
import io.tramontane.schemas.WeightsManifest;
import io.tramontane.schemas.WeightsVersion;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(120)
@ExtendWith({ThreadLeakExtension.class, BrokerExtension.class})
class WeightsTransportITCase {

    private static final Duration ENOUGH = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final int FLOATS = 10_000;
    /** 40 kB of weights in chunks of 16 kB: three, the last one smaller. */
    private static final WeightsTransportSettings SETTINGS =
            new WeightsTransportSettings(16_384, 2, Duration.ofSeconds(20));

    @Test
    void everyBytePublishedIsReceived(TestRun run) throws Exception {
        WeightsPayload payload = RandomWeights.of(FLOATS, 1);
        try (WeightsPublisher publisher = publisher(run);
                WeightsSubscriber subscriber = subscriber(run)) {
            WeightsManifest manifest = publisher.publish(version(1, 7), payload, "hash");
            assertThat(manifest.getChunkCount()).isEqualTo(3);

            ReceivedWeights received = subscriber.newest(ENOUGH).orElseThrow();
            assertThat(received.version()).isEqualTo(version(1, 7));
            assertThat(received.weightsHash()).isEqualTo("hash");
            assertThat(received.publishedAt()).isEqualTo(manifest.getPublishedAt());
            assertThat(received.payload()).isEqualTo(payload);
            assertThat(subscriber.poll()).as("handed out once").isEmpty();
        }
    }

    @Test
    void aLateJoinerGetsTheNewest(TestRun run) throws Exception {
        try (WeightsPublisher publisher = publisher(run)) {
            for (int i = 1; i <= 40; i++) {
                publisher.publish(version(1, i), RandomWeights.of(100, i), "hash-" + i);
            }
        }
        try (WeightsSubscriber subscriber = subscriber(run)) {
            assertThat(subscriber.newest(ENOUGH).orElseThrow().weightsHash()).isEqualTo("hash-40");
        }
    }

    @Test
    void aSlowReaderSkipsToTheNewest(TestRun run) throws Exception {
        try (WeightsPublisher publisher = publisher(run);
                WeightsSubscriber subscriber = subscriber(run)) {
            for (int i = 1; i <= 5; i++) {
                publisher.publish(version(1, i), RandomWeights.of(FLOATS, i), "hash-" + i);
            }
            await().atMost(ENOUGH)
                    .until(() -> subscriber.poll().map(ReceivedWeights::version), Optional.of(version(1, 5))::equals);
        }
    }

    @Test
    void aNewIncarnationSupersedesAGreaterVersion(TestRun run) throws Exception {
        try (WeightsPublisher publisher = publisher(run);
                WeightsSubscriber subscriber = subscriber(run)) {
            assertThat(publisher.newestIncarnation()).isZero();
            publisher.publish(version(1, 9), RandomWeights.of(FLOATS, 1), "first");
            assertThat(subscriber.newest(ENOUGH).orElseThrow().version()).isEqualTo(version(1, 9));

            try (WeightsPublisher restarted = publisher(run)) {
                assertThat(restarted.newestIncarnation()).isEqualTo(1);
                restarted.publish(version(2, 6), RandomWeights.of(FLOATS, 2), "second");
                assertThat(subscriber.newest(ENOUGH).orElseThrow().version()).isEqualTo(version(2, 6));

                // The replaced trainer does not know it yet.
                publisher.publish(version(1, 10), RandomWeights.of(FLOATS, 3), "third");
                assertThat(subscriber.newest(SHORT)).isEmpty();
                assertThat(restarted.newestIncarnation()).isEqualTo(2);
            }
        }
        try (WeightsSubscriber late = subscriber(run)) {
            assertThat(late.newest(ENOUGH).orElseThrow().weightsHash()).isEqualTo("second");
        }
    }

    @Test
    void twoPublishersAtOnceDoNotMixTheirChunks(TestRun run) throws Exception {
        WeightsPayload mine = RandomWeights.of(100_000, 1);
        WeightsPayload other = RandomWeights.of(100_000, 2);
        try (WeightsPublisher publisher = publisher(run);
                WeightsPublisher replaced = publisher(run)) {
            Thread concurrent = new Thread(() -> replaced.publish(version(1, 3), other, "other"));
            concurrent.start();
            publisher.publish(version(2, 1), mine, "mine");
            concurrent.join();
        }
        try (WeightsSubscriber subscriber = subscriber(run)) {
            assertThat(subscriber.newest(ENOUGH).orElseThrow().payload()).isEqualTo(mine);
        }
    }

    @Test
    void damagedVersionsAreSkippedAndReported(TestRun run) throws Exception {
        WeightsChunk chunk = new WeightsChunk(1L, 2L, 0, ByteBuffer.wrap(new byte[] {1, 2, 3, 4}));
        byte[] encoded = RecordCodec.of(WeightsChunk.class).encode(chunk);
        try (WeightsPublisher publisher = publisher(run);
                WeightsSubscriber subscriber = subscriber(run)) {
            publisher.publish(version(1, 1), RandomWeights.of(FLOATS, 1), "good");
            assertThat(subscriber.newest(ENOUGH)).isPresent();

            forge(run, encoded, manifest(1, 2).setCrc32c(5).build());
            awaitSkipped(subscriber, version(1, 2), "the checksum of its data differs");
            forge(run, encoded, manifest(1, 2).setVersion(3).build());
            awaitSkipped(subscriber, version(1, 3), "chunk 0 of 1 is missing");
            forge(run, new byte[] {9, 9}, manifest(1, 4).build());
            awaitSkipped(subscriber, version(1, 4), "cannot be read");
            forge(run, encode(version(1, 5), 1), manifest(1, 5).setChunkCount(2).build());
            awaitSkipped(subscriber, version(1, 5), "chunk 0 is missing, chunk 1 is in its place");
            forge(run, encode(version(1, 6), 0), manifest(1, 6).setTotalBytes(3).build());
            awaitSkipped(subscriber, version(1, 6), "larger than the manifest says");
            forge(run, encode(version(1, 7), 0), manifest(1, 7).setTotalBytes(8).build());
            awaitSkipped(subscriber, version(1, 7), "4 bytes short");
            forge(
                    run,
                    encode(version(1, 8), 0),
                    manifest(1, 8).setTotalBytes(1L << 40).build());
            awaitSkipped(subscriber, version(1, 8), "the manifest says " + (1L << 40) + " bytes");
            assertThat(subscriber.poll()).as("nothing damaged gets through").isEmpty();

            publisher.publish(version(1, 9), RandomWeights.of(FLOATS, 9), "good again");
            assertThat(subscriber.newest(ENOUGH).orElseThrow().weightsHash()).isEqualTo("good again");
        }
    }

    @Test
    void aManifestThatCannotBeReadIsLeftOut(TestRun run) throws Exception {
        try (WeightsPublisher publisher = publisher(run);
                WeightsSubscriber subscriber = subscriber(run)) {
            send(run, Topic.WEIGHTS_MANIFEST, new byte[] {1, 2, 3});
            publisher.publish(version(1, 1), RandomWeights.of(FLOATS, 1), "good");
            assertThat(subscriber.newest(ENOUGH)).isPresent();
        }
    }

    @Test
    void oldVersionsAreDeleted(TestRun run) throws Exception {
        TopicPartition chunks = new TopicPartition(Topic.WEIGHTS_CHUNKS.nameFor(run.runId()), 0);
        try (WeightsPublisher publisher = publisher(run);
                AdminConnection connection = AdminConnection.open(run.kafka())) {
            long firstKept = 0;
            for (int i = 1; i <= 5; i++) {
                WeightsManifest manifest = publisher.publish(version(1, i), RandomWeights.of(FLOATS, i), "hash-" + i);
                if (i == 4) {
                    firstKept = manifest.getFirstOffset();
                }
            }
            long expected = firstKept;
            await().atMost(ENOUGH).untilAsserted(() -> {
                long first = connection
                        .await(connection
                                .admin()
                                .listOffsets(Map.of(chunks, OffsetSpec.earliest()))
                                .all())
                        .get(chunks)
                        .offset();
                assertThat(first).isEqualTo(expected);
            });
        }
        try (WeightsSubscriber subscriber = subscriber(run)) {
            assertThat(subscriber.newest(ENOUGH).orElseThrow().version()).isEqualTo(version(1, 5));
        }
    }

    @Test
    void aVersionDeletedMeanwhileIsSkipped(TestRun run) throws Exception {
        try (WeightsPublisher publisher = publisher(run);
                AdminConnection connection = AdminConnection.open(run.kafka())) {
            publisher.publish(version(1, 1), RandomWeights.of(FLOATS, 1), "gone");
            TopicPartition chunks = new TopicPartition(Topic.WEIGHTS_CHUNKS.nameFor(run.runId()), 0);
            connection.await(connection
                    .admin()
                    .deleteRecords(Map.of(chunks, RecordsToDelete.beforeOffset(2)))
                    .all());
            try (WeightsSubscriber subscriber = subscriber(run)) {
                awaitSkipped(subscriber, version(1, 1), "its chunks were deleted");
                publisher.publish(version(1, 2), RandomWeights.of(FLOATS, 2), "next");
                assertThat(subscriber.newest(ENOUGH).orElseThrow().weightsHash())
                        .isEqualTo("next");
            }
        }
    }

    @Test
    void withoutWeightsThereIsNothingToWaitFor(TestRun run) throws Exception {
        try (WeightsSubscriber subscriber = subscriber(run)) {
            assertThat(subscriber.newest(SHORT)).isEmpty();
            assertThat(subscriber.poll()).isEmpty();
        }
    }

    @Test
    void anUnreachableBrokerIsNamed() {
        KafkaSettings nobody = new KafkaSettings("127.0.0.1:1", Map.of("default.api.timeout.ms", "500"));
        assertThatThrownBy(() -> new WeightsPublisher(nobody, "run", SETTINGS).close())
                .isInstanceOf(KafkaUnreachableException.class);
        assertThatThrownBy(() -> new WeightsSubscriber(nobody, "run", SETTINGS).close())
                .isInstanceOf(KafkaUnreachableException.class);
    }

    private static void awaitSkipped(WeightsSubscriber subscriber, WeightsVersion version, String reason) {
        await().atMost(ENOUGH)
                .untilAsserted(() -> assertThat(subscriber.lastSkipped()).hasValueSatisfying(skipped -> {
                    assertThat(skipped.version()).isEqualTo(version);
                    assertThat(skipped.reason()).contains(reason);
                }));
    }

    private static WeightsManifest.Builder manifest(long incarnation, long version) {
        CRC32C crc = new CRC32C();
        crc.update(new byte[] {1, 2, 3, 4});
        return WeightsManifest.newBuilder()
                .setRunId("run")
                .setIncarnation(incarnation)
                .setVersion(version)
                .setTensors(List.of())
                .setTotalBytes(4)
                .setChunkCount(1)
                .setFirstOffset(0)
                .setCrc32c(crc.getValue())
                .setWeightsHash("forged")
                .setPublishedAt(0);
    }

    private static byte[] encode(WeightsVersion version, int index) {
        return RecordCodec.of(WeightsChunk.class)
                .encode(new WeightsChunk(
                        version.incarnation(), version.version(), index, ByteBuffer.wrap(new byte[] {1, 2, 3, 4})));
    }

    private static void forge(TestRun run, byte[] chunk, WeightsManifest manifest) throws Exception {
        manifest.setFirstOffset(send(run, Topic.WEIGHTS_CHUNKS, chunk));
        send(run, Topic.WEIGHTS_MANIFEST, RecordCodec.of(WeightsManifest.class).encode(manifest));
    }

    private static long send(TestRun run, Topic topic, byte[] value) throws Exception {
        try (var producer = new KafkaProducer<>(
                run.kafka().clientProperties(), new ByteArraySerializer(), new ByteArraySerializer())) {
            byte[] key = {1};
            return producer.send(new ProducerRecord<>(topic.nameFor(run.runId()), 0, key, value))
                    .get()
                    .offset();
        }
    }

    private static WeightsPublisher publisher(TestRun run) {
        return new WeightsPublisher(run.kafka(), run.runId(), SETTINGS);
    }

    private static WeightsSubscriber subscriber(TestRun run) {
        return new WeightsSubscriber(run.kafka(), run.runId(), SETTINGS);
    }

    private static WeightsVersion version(long incarnation, long version) {
        return new WeightsVersion(incarnation, version);
    }
}
