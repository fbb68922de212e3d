package io.tramontane.jobs.page.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.kafka.KafkaSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TopicWatchTest {

    private final AtomicLong nanos = new AtomicLong();

    /** Nobody may have looked at the page for hours; that is no outage. */
    @Test
    void brokersAreSilentFromTheFirstQuestionThatTheyDoNotAnswer() throws IOException {
        try (TopicWatch watch = new TopicWatch(deadBroker(), "run", nanos::get)) {
            pass(Duration.ofHours(1));
            assertThat(watch.silentSeconds()).isZero();

            assertThat(watch.look()).isEmpty();
            pass(Duration.ofSeconds(3));
            assertThat(watch.silentSeconds()).isEqualTo(3);

            assertThat(watch.look()).isEmpty();
            pass(Duration.ofSeconds(4));
            assertThat(watch.silentSeconds()).isEqualTo(7);
        }
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static KafkaSettings deadBroker() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new KafkaSettings("127.0.0.1:" + free.getLocalPort(), Map.of());
        }
    }
}
