package io.tramontane.jobs.lab.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tramontane.jobs.lab.faults.StepWatch.SeenStep;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingTimeTest {

    private static SeenStep step(long step, long incarnation, long finishedAt) {
        return new SeenStep(step, incarnation, finishedAt, finishedAt + 500);
    }

    /** Steps of one second; at 3 s a fault, whose step 4 is there at 9 s: five seconds over what it takes otherwise. */
    @Test
    void whatARestartTakesBeyondAStepIsLost() {
        TrainingTime time = TrainingTime.of(List.of(
                step(1, 1, 1_000), step(2, 1, 2_000), step(3, 1, 3_000), step(4, 2, 9_000), step(5, 2, 10_000)));

        assertThat(time.medianStepSeconds()).isEqualTo(1);
        assertThat(time.lostSeconds()).isEqualTo(5);
        assertThat(time.seconds()).isEqualTo(9);
        assertThat(time.effectiveShare()).isCloseTo(4.0 / 9, within(1e-9));
    }

    @Test
    void slowStepsOfOneIncarnationAreNotLost() {
        TrainingTime time =
                TrainingTime.of(List.of(step(1, 1, 1_000), step(2, 1, 2_000), step(3, 1, 3_000), step(4, 1, 9_000)));

        assertThat(time.lostSeconds()).isZero();
        assertThat(time.effectiveShare()).isEqualTo(1);
    }

    @Test
    void noStepsNoTime() {
        assertThat(TrainingTime.of(List.of()).effectiveShare()).isEqualTo(1);
    }
}
