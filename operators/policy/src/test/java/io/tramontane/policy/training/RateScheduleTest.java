package io.tramontane.policy.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tramontane.policy.training.RateSchedule.Form;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateScheduleTest {

    /** A rate of 1 that rises over 4 steps and has fallen to a fifth at step 12. */
    @ParameterizedTest
    @CsvSource({
        "CONSTANT, 2, 0.5",
        "CONSTANT, 4, 1",
        "CONSTANT, 8, 1",
        "CONSTANT, 99, 1",
        "LINEAR, 2, 0.5",
        "LINEAR, 4, 1",
        "LINEAR, 6, 0.8",
        "LINEAR, 8, 0.6",
        "LINEAR, 12, 0.2",
        "LINEAR, 99, 0.2",
        "COSINE, 2, 0.5",
        "COSINE, 4, 1",
        "COSINE, 6, 0.88284271",
        "COSINE, 8, 0.6",
        "COSINE, 12, 0.2",
        "COSINE, 99, 0.2"
    })
    void theRateOfAStep(Form form, long step, double rate) {
        OptimizerSettings settings =
                new OptimizerSettings(1, 4, 0.9, 0.95, 1e-8, 0, 1, new RateSchedule(form, 12, 0.2));

        assertThat(settings.learningRateAt(step)).isCloseTo(rate, within(1e-8));
    }

    @Test
    void aFallMustEndBehindTheWarmUp() {
        assertThat(settings(Form.LINEAR, 4).isScheduleBehindWarmUp()).isFalse();
        assertThat(settings(Form.LINEAR, 5).isScheduleBehindWarmUp()).isTrue();
        assertThat(settings(Form.CONSTANT, 0).isScheduleBehindWarmUp()).isTrue();
    }

    private static OptimizerSettings settings(Form form, long steps) {
        return new OptimizerSettings(1, 4, 0.9, 0.95, 1e-8, 0, 1, new RateSchedule(form, steps, 0));
    }
}
