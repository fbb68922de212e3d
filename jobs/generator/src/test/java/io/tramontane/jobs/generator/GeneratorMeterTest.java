package io.tramontane.jobs.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tramontane.schemas.WeightsVersion;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GeneratorMeterTest {

    private long now = 1;
    private final GeneratorMeter meter = new GeneratorMeter(() -> now);

    @Test
    void idleTimeCountsAsLostOnlyWhileAPromptLayInTheTopic() {
        meter.start();
        pass(600);
        meter.busy(1);
        // The trainer holds the credits: 300 ms without a prompt, then one that waited for 50.
        pass(300);
        meter.idle();
        meter.promptArrived(50);
        pass(100);
        meter.busy(1);

        GeneratorStatistics statistics = meter.snapshot();
        assertThat(statistics.seconds()).isCloseTo(1, within(1e-6));
        assertThat(statistics.idleSeconds()).isCloseTo(0.3, within(1e-6));
        assertThat(statistics.idleWithCreditsSeconds()).isCloseTo(0.05, within(1e-6));
        assertThat(statistics.idleFraction()).isCloseTo(0.05, within(1e-6));
    }

    @Test
    void aPromptThatWaitedWhileOthersWereDecodedCostsNoIdleTime() {
        meter.start();
        pass(500);
        meter.busy(1);
        meter.promptArrived(400);

        assertThat(meter.snapshot().idleFraction()).isZero();
    }

    @Test
    void completionsTokensAndVersionsAreCounted() {
        meter.start();
        meter.completed(5);
        meter.completed(7);
        meter.adopted(new WeightsVersion(1, 1), 10);
        meter.adopted(new WeightsVersion(1, 3), 30);

        GeneratorStatistics statistics = meter.snapshot();
        assertThat(statistics.completions()).isEqualTo(2);
        assertThat(statistics.tokens()).isEqualTo(12);
        assertThat(statistics.weights()).isEqualTo(new WeightsVersion(1, 3));
        assertThat(statistics.swaps()).isEqualTo(2);
        assertThat(statistics.adoptMillisMean()).isEqualTo(20);
    }

    private void pass(long millis) {
        now += Duration.ofMillis(millis).toNanos();
    }
}
