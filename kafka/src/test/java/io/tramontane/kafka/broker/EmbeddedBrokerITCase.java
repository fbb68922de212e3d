package io.tramontane.kafka.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.records.RecordProducer;
import io.tramontane.kafka.records.TopicReader;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.kafka.topics.TopicAdmin;
import io.tramontane.schemas.Outcome;
import io.tramontane.schemas.OutcomeKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedBrokerITCase {

    @TempDir
    Path directory;

    @Test
    void keepsEverythingOverARestart() {
        try (EmbeddedBroker first = EmbeddedBroker.start(directory)) {
            KafkaSettings settings = new KafkaSettings(first.bootstrapServers(), Map.of());
            try (TopicAdmin admin = new TopicAdmin(settings)) {
                assertThat(admin.createMissing("run")).containsExactlyInAnyOrder(Topic.values());
            }
            write(settings, "run/0/a");
        }
        try (EmbeddedBroker second = EmbeddedBroker.start(directory)) {
            KafkaSettings settings = new KafkaSettings(second.bootstrapServers(), Map.of());
            try (TopicAdmin admin = new TopicAdmin(settings)) {
                assertThat(admin.createMissing("run")).isEmpty();
            }
            write(settings, "run/0/b");
            assertThat(TopicReader.readAll(settings, Topic.OUTCOMES, "run", Outcome.class))
                    .extracting(Outcome::getGroupId)
                    .containsExactly("run/0/a", "run/0/b");
        }
    }

    @Test
    void reopensTheDirectoryOfAKilledProcess() throws Exception {
        Path log = directory.resolve("child.log");
        Process child = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerProcess.class.getName(),
                        directory.resolve("broker").toString())
                .redirectError(log.toFile())
                .start();
        String bootstrapServers = child.inputReader().readLine();
        assertThat(bootstrapServers).as(() -> read(log)).isNotNull();
        write(new KafkaSettings(bootstrapServers, Map.of()), "run/0/a");
        child.destroyForcibly().waitFor();

        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"))) {
            KafkaSettings settings = new KafkaSettings(broker.bootstrapServers(), Map.of());
            assertThat(TopicReader.readAll(settings, Topic.OUTCOMES, "run", Outcome.class))
                    .extracting(Outcome::getGroupId)
                    .containsExactly("run/0/a");
        }
    }

    @Test
    void isReachableFromThisMachineOnly() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
            URI address = URI.create("kafka://" + broker.bootstrapServers());
            assertThat(address.getHost()).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void namesABusyPort() throws IOException {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedBroker.start(directory, busy.getLocalPort()))
                    .isInstanceOf(BrokerStartException.class)
                    .hasMessageStartingWith("port " + busy.getLocalPort() + " on 127.0.0.1 is not free")
                    .hasMessageNotContaining("\n");
        }
        assertThat(directory).as("nothing half-written").isEmptyDirectory();
    }

    @Test
    void namesADirectoryItCannotUse() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "in the way");
        assertThatThrownBy(() -> EmbeddedBroker.start(file.resolve("broker")))
                .isInstanceOf(BrokerStartException.class)
                .hasMessageStartingWith("the embedded broker cannot use the directory " + file)
                .hasMessageNotContaining("\n");
    }

    @Test
    void namesADirectoryThatAnotherBrokerUses() {
        try (EmbeddedBroker first = EmbeddedBroker.start(directory)) {
            assertThatThrownBy(() -> EmbeddedBroker.start(directory))
                    .isInstanceOf(BrokerStartException.class)
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("in use")
                    .hasMessageNotContaining("\n");
            assertThat(TopicAdmin.reachable(
                            new KafkaSettings(first.bootstrapServers(), Map.of()), Duration.ofSeconds(5)))
                    .isTrue();
        }
    }

    @Test
    void reportsItsEndAndLeavesTheProcessAlone() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
            CompletableFuture<String> failure = broker.failure().toCompletableFuture();
            assertThat(failure).isNotDone();
            assertThatThrownBy(() -> Exit.halt(1, "as the test wants it"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("cannot go on");
            assertThat(failure).isCompletedWithValue("as the test wants it");
        }
    }

    private static void write(KafkaSettings settings, String groupId) {
        Outcome outcome = Outcome.newBuilder()
                .setRunId("run")
                .setGroupId(groupId)
                .setKind(OutcomeKind.TRAINED)
                .setStep(1L)
                .setCompletions(4)
                .setAt(0)
                .build();
        try (RecordProducer<Outcome> producer = new RecordProducer<>(settings, Topic.OUTCOMES, "run", Outcome.class)) {
            producer.send(groupId, outcome).join();
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
