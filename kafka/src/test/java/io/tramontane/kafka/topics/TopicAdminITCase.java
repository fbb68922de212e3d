package io.tramontane.kafka.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tramontane.kafka.AdminConnection;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.KafkaUnreachableException;
import io.tramontane.kafka.testing.BrokerExtension;
import io.tramontane.kafka.testing.TestRun;
import io.tramontane.kafka.testing.ThreadLeakExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(120)
@ExtendWith({ThreadLeakExtension.class, BrokerExtension.class})
class TopicAdminITCase {

    @Test
    void createsEveryTopicOnceWithItsConfiguration(KafkaSettings kafka) {
        try (TopicAdmin admin = new TopicAdmin(kafka)) {
            assertThat(admin.describe("admin-1")).allSatisfy(status -> {
                assertThat(status.exists()).isFalse();
                assertThat(status.deviations()).containsExactly("missing");
            });
            assertThat(admin.createMissing("admin-1")).containsExactlyInAnyOrder(Topic.values());
            assertThat(admin.createMissing("admin-1")).isEmpty();
            assertThat(admin.describe("admin-1")).hasSameSizeAs(Topic.values()).allSatisfy(status -> {
                assertThat(status.partitions()).isEqualTo(status.topic().partitions());
                assertThat(status.records()).isZero();
                assertThat(status.deviations()).isEmpty();
            });
        }
    }

    @Test
    void manyProcessesMayCreateAtOnce(KafkaSettings kafka) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(4);
        try {
            Callable<Set<Topic>> create = () -> {
                try (TopicAdmin admin = new TopicAdmin(kafka)) {
                    return admin.createMissing("admin-2");
                }
            };
            int created = 0;
            for (Future<Set<Topic>> result : executor.invokeAll(List.of(create, create, create, create))) {
                created += result.get().size();
            }
            assertThat(created).isEqualTo(Topic.values().length);
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void refusesTopicsThatTheRunCannotWorkWith(KafkaSettings kafka) {
        String name = Topic.WEIGHTS_MANIFEST.nameFor("admin-3");
        try (AdminConnection connection = AdminConnection.open(kafka);
                TopicAdmin admin = new TopicAdmin(kafka)) {
            connection.await(connection
                    .admin()
                    .createTopics(List.of(new NewTopic(name, 2, (short) 1)))
                    .all());
            assertThatThrownBy(() -> admin.createMissing("admin-3"))
                    .isInstanceOf(TopicMismatchException.class)
                    .hasMessageContaining(name + " has 2 partitions, needs 1")
                    .hasMessageContaining(name + " has cleanup.policy=delete, needs compact")
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void seesTheTopicsOfAnotherClient(TestRun run) {
        try (TopicAdmin admin = new TopicAdmin(run.kafka())) {
            assertThat(admin.describe(run.runId())).allMatch(TopicStatus::exists);
        }
    }

    @Test
    void anUnreachableBrokerIsOneErrorWithinTheTimeout() throws IOException {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        KafkaSettings settings = new KafkaSettings("127.0.0.1:" + nobody, Map.of("default.api.timeout.ms", "700"));
        long start = System.nanoTime();
        assertThatThrownBy(() -> new TopicAdmin(settings).close())
                .isInstanceOf(KafkaUnreachableException.class)
                .hasMessage("no Kafka broker at 127.0.0.1:" + nobody + " answered within 0.7 s");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(TopicAdmin.reachable(settings, Duration.ofMillis(300))).isFalse();
    }

    @Test
    void anUnknownHostIsTheSameError() {
        KafkaSettings settings = new KafkaSettings("nowhere.invalid:9092", Map.of());
        assertThatThrownBy(() -> new TopicAdmin(settings).close())
                .isInstanceOf(KafkaUnreachableException.class)
                .hasMessageContaining("nowhere.invalid:9092");
    }
}
