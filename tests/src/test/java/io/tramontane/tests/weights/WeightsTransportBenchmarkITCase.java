package io.tramontane.tests.weights;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.jobs.lab.weights.WeightsTransportBenchmark;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.testing.BrokerExtension;
import io.tramontane.kafka.testing.ThreadLeakExtension;
import io.tramontane.kafka.weights.WeightsTransportSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Keeps the benchmark running; its figures are for a quiet machine. */
@Timeout(120)
@ExtendWith({ThreadLeakExtension.class, BrokerExtension.class})
class WeightsTransportBenchmarkITCase {

    @Test
    void measuresAllThreeWays(KafkaSettings kafka) throws Exception {
        WeightsTransportSettings settings = new WeightsTransportSettings(100_000, 2, Duration.ofSeconds(20));
        WeightsTransportBenchmark.Report report =
                WeightsTransportBenchmark.run(kafka, "benchmark", settings, 1_000_000, 3);
        assertThat(report.repetitions()).isEqualTo(3);
        assertThat(report.ratio()).isPositive();
        assertThat(report.transport().ninetieth())
                .isGreaterThanOrEqualTo(report.transport().median());
        assertThat(report.lateJoin().median()).isPositive();
        assertThat(report)
                .asString()
                .startsWith("weights of 1.0 MB, 3 repetitions")
                .contains("ratio to raw");
    }
}
