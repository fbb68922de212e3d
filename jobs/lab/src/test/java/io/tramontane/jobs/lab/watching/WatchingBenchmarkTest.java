package io.tramontane.jobs.lab.watching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tramontane.jobs.lab.watching.WatchingBenchmark.Pair;
import io.tramontane.jobs.lab.watching.WatchingBenchmark.Speed;
import io.tramontane.jobs.lab.watching.WatchingBenchmark.Statistics;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class WatchingBenchmarkTest {

    private static final Offset<Double> TINY = within(1e-12);

    @Test
    void aPairLosesWhatTheWatchedStretchLacks() {
        Watcher.Looks seen = new Watcher.Looks(1, 1, 1);
        Pair slower = new Pair(new Speed(100, 0.01), new Speed(99, 0.03), seen);

        assertThat(slower.lost()).isCloseTo(0.01, TINY);
        assertThat(slower.share()).isCloseTo(0.02, TINY);
        assertThat(new Pair(new Speed(100, 0), new Speed(102, 0), seen).lost()).isCloseTo(-0.02, TINY);
    }

    @Test
    void theMedianIsTheMiddleOne() {
        assertThat(Statistics.of(0.04, 0.01, -0.02).median()).isCloseTo(0.01, TINY);
        assertThat(Statistics.of(0.04, 0.01).median()).isCloseTo(0.025, TINY);
    }

    /** Deviations 0, 0.03 and -0.03: a variance of 0.0009, over three shares. */
    @Test
    void theMeanHasItsStandardError() {
        Statistics statistics = Statistics.of(0.04, 0.01, -0.02);

        assertThat(statistics.mean()).isCloseTo(0.01, TINY);
        assertThat(statistics.standardError()).isCloseTo(Math.sqrt(0.0009 / 3), TINY);
    }
}
