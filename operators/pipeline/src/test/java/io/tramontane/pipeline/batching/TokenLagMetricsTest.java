package io.tramontane.pipeline.batching;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.metrics.HistogramStatistics;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class TokenLagMetricsTest {

    private final TokenLagMetrics lag = new TokenLagMetrics();

    @Test
    void weighsEachLagWithItsTokens() {
        lag.update(0, 90);
        lag.update(3, 8);
        lag.update(7, 2);

        HistogramStatistics statistics = lag.getStatistics();

        assertThat(lag.getCount()).isEqualTo(100);
        assertThat(statistics.size()).isEqualTo(100);
        assertThat(statistics.getMean()).isEqualTo(0.38, Assertions.within(1e-9));
        assertThat(statistics.getQuantile(0.5)).isEqualTo(0);
        assertThat(statistics.getQuantile(0.95)).isEqualTo(3);
        assertThat(statistics.getQuantile(0.99)).isEqualTo(7);
        assertThat(statistics.getMin()).isEqualTo(0);
        assertThat(statistics.getMax()).isEqualTo(7);
        // Σ n (lag − 0.38)² = 90·0.1444 + 8·6.8644 + 2·43.8244
        assertThat(statistics.getStdDev()).isEqualTo(Math.sqrt(155.56 / 99), Assertions.within(1e-9));
        assertThat(statistics.getValues()).containsExactly(0, 3, 7);
    }

    @Test
    void forgetsTheBatchBeforeTheLast() {
        lag.update(9);
        lag.nextBatch();
        lag.update(1);
        assertThat(lag.getStatistics().getMax()).isEqualTo(9);

        lag.nextBatch();

        assertThat(lag.getStatistics().getMax()).isEqualTo(1);
        assertThat(lag.getCount()).isEqualTo(2);
    }

    @Test
    void hasNoLagBeforeThereIsAToken() {
        assertThat(lag.getStatistics().getQuantile(0.5)).isZero();
        assertThat(lag.getStatistics().getMean()).isZero();
        assertThat(lag.getStatistics().getStdDev()).isZero();
        assertThat(lag.getStatistics().getMax()).isZero();
    }
}
