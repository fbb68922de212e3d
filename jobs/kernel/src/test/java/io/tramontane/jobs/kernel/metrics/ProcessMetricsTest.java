package io.tramontane.jobs.kernel.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.junit.jupiter.api.Test;

class ProcessMetricsTest {

    private static ServerSocket takenPort() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = takenPort()) {
            return socket.getLocalPort();
        }
    }

    private static ProcessMetrics at(String ports) {
        return ProcessMetrics.open(new MetricsSettings(ports, "127.0.0.1"), Map.of());
    }

    private static String page(int port) throws IOException {
        try (InputStream in =
                URI.create("http://127.0.0.1:" + port + "/metrics").toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void showsNumbersWithTheirLabelsAsLongAsItIsOpen() throws IOException {
        int port = freePort();
        try (ProcessMetrics metrics = at(Integer.toString(port))) {
            var group = metrics.group().addGroup("colour", "deep red");
            Counter counter = group.counter("things");
            counter.inc(3);
            group.gauge("words", () -> "no number");
            group.gauge("truth", () -> true);
            group.histogram("times", new DescriptiveStatisticsHistogram(10)).update(7);

            assertThat(page(port))
                    .contains("# TYPE flink_tramontane_colour_things gauge")
                    .contains("flink_tramontane_colour_things{colour=\"deep_red\",} 3.0")
                    .contains("flink_tramontane_colour_truth{colour=\"deep_red\",} 1.0")
                    .contains("# TYPE flink_tramontane_colour_times summary")
                    .contains("flink_tramontane_colour_times{colour=\"deep_red\",quantile=\"0.5\",} 7.0")
                    .contains("flink_tramontane_colour_times_count{colour=\"deep_red\",} 1.0")
                    .doesNotContain("words");
        }
        assertThatThrownBy(() -> page(port)).isInstanceOf(ConnectException.class);
    }

    @Test
    void aMetricWithoutAValueCostsNoOther() throws IOException {
        int port = freePort();
        try (ProcessMetrics metrics = at(Integer.toString(port))) {
            metrics.group().gauge("broken", () -> {
                throw new IllegalStateException("as the test wants it");
            });
            metrics.group().counter("whole").inc();

            assertThat(page(port)).contains("flink_tramontane_whole 1.0").doesNotContain("broken");
        }
    }

    @Test
    void aTakenPortIsNamedWithTheWayOut() throws IOException {
        try (ServerSocket taken = takenPort()) {
            String port = Integer.toString(taken.getLocalPort());
            assertThatThrownBy(() -> at(port))
                    .isInstanceOf(MetricsException.class)
                    .hasMessage("no port of metrics.prometheus-port=" + port
                            + " is free at 127.0.0.1; each process takes one, so give a range like 9250-9259");
        }
    }

    @Test
    void withoutReportersMetricsGoNowhere() {
        try (ProcessMetrics metrics = at("")) {
            assertThat(metrics.group().counter("things")).isNotNull();
        }
    }
}
