package io.tramontane.kafka.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tramontane.kafka.AdminConnection;
import io.tramontane.kafka.testing.BrokerExtension;
import io.tramontane.kafka.testing.TestRun;
import io.tramontane.kafka.testing.ThreadLeakExtension;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.kafka.weights.WeightsSubscriber.ReceivedWeights;
import io.tramontane.schemas.WeightsVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A trainer faster than its readers, over several times what is kept of its weights. */
@ExtendWith({ThreadLeakExtension.class, BrokerExtension.class})
@Timeout(180)
class WeightsRetentionITCase {

    private static final Duration ENOUGH = Duration.ofSeconds(60);
    private static final int FLOATS = 2_000_000;
    private static final int VERSIONS = 40;
    private static final long VERSION_BYTES = (long) FLOATS * Float.BYTES;
    private static final WeightsTransportSettings SETTINGS =
            new WeightsTransportSettings(1_000_000, 2, Duration.ofSeconds(60));

    @Test
    void readersThatFallBehindJumpToTheNewestAndTheDiskStaysBounded(TestRun run) throws Exception {
        List<ReceivedWeights> received = new ArrayList<>();
        List<WeightsPayload> payloads = List.of(RandomWeights.of(FLOATS, 0), RandomWeights.of(FLOATS, 1));
        try (WeightsPublisher publisher = new WeightsPublisher(run.kafka(), run.runId(), SETTINGS);
                WeightsSubscriber subscriber = new WeightsSubscriber(run.kafka(), run.runId(), SETTINGS)) {
            for (int version = 1; version <= VERSIONS; version++) {
                publisher.publish(version(version), payloads.get(version % 2), "hash-" + version);
                // Busy with other things for most of the time.
                if (version % 10 == 0) {
                    subscriber.poll().ifPresent(received::add);
                }
            }
            await().atMost(ENOUGH).until(() -> {
                subscriber.poll().ifPresent(received::add);
                return newest(received).equals(Optional.of(version(VERSIONS)));
            });
        }
        assertThat(received)
                .as("each newer than the one before, and fewer than were published")
                .hasSizeLessThan(VERSIONS / 2)
                .extracting(weights -> weights.version().version())
                .isSorted()
                .doesNotHaveDuplicates();
        List<Long> checksums =
                payloads.stream().map(WeightsRetentionITCase::checksum).toList();
        assertThat(received)
                .allSatisfy(weights -> assertThat(checksum(weights.payload()))
                        .as("whole, and of its own version: " + weights.version())
                        .isEqualTo(checksums.get((int) (weights.version().version() % 2))));

        // What is kept, the open segment, and one that holds the begin of what is kept.
        long most = SETTINGS.versionsKept() * VERSION_BYTES + 2 * segmentBytes();
        assertThat(most).as("less than was published").isLessThan(VERSIONS * VERSION_BYTES);
        try (AdminConnection connection = AdminConnection.open(run.kafka())) {
            await().atMost(ENOUGH)
                    .untilAsserted(
                            () -> assertThat(bytesOnDisk(connection, run)).isLessThanOrEqualTo(most));
        }
    }

    private static Optional<WeightsVersion> newest(List<ReceivedWeights> received) {
        return received.isEmpty()
                ? Optional.empty()
                : Optional.of(received.get(received.size() - 1).version());
    }

    private static long checksum(WeightsPayload payload) {
        CRC32C checksum = new CRC32C();
        checksum.update(payload.data());
        return checksum.getValue();
    }

    private static long segmentBytes() {
        return Long.parseLong(Topic.WEIGHTS_CHUNKS.configuration().get("segment.bytes"));
    }

    private static long bytesOnDisk(AdminConnection connection, TestRun run) {
        TopicPartition chunks = new TopicPartition(Topic.WEIGHTS_CHUNKS.nameFor(run.runId()), 0);
        var cluster = connection.await(connection.admin().describeCluster().nodes());
        var brokers = cluster.stream().map(node -> node.id()).toList();
        return connection.await(connection.admin().describeLogDirs(brokers).allDescriptions()).values().stream()
                .flatMap(directories -> directories.values().stream())
                .map(directory -> directory.replicaInfos().get(chunks))
                .filter(replica -> replica != null)
                .mapToLong(replica -> replica.size())
                .sum();
    }

    private static WeightsVersion version(long version) {
        return new WeightsVersion(1, version);
    }
}
