package io.tramontane.jobs.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PassAtKTest {

    /** By hand: 1 − C(3,2)/C(5,2) = 1 − 3/10, 1 − C(7,3)/C(10,3) = 1 − 35/120, 1 − C(2,2)/C(4,2) = 1 − 1/6. */
    @Test
    void equalsTheBinomialFormula() {
        assertThat(PassAtK.estimate(5, 2, 2)).isCloseTo(0.7, within(1e-12));
        assertThat(PassAtK.estimate(10, 3, 3)).isCloseTo(1 - 35.0 / 120, within(1e-12));
        assertThat(PassAtK.estimate(4, 2, 2)).isCloseTo(5.0 / 6, within(1e-12));
    }

    @Test
    void isTheShareOfCorrectCompletionsForOne() {
        assertThat(PassAtK.estimate(16, 5, 1)).isCloseTo(5.0 / 16, within(1e-12));
    }

    @Test
    void isCertainWhereAnyKHoldACorrectOneAndImpossibleWithoutAny() {
        assertThat(PassAtK.estimate(8, 5, 4)).isEqualTo(1);
        assertThat(PassAtK.estimate(8, 1, 8)).isEqualTo(1);
        assertThat(PassAtK.estimate(8, 0, 8)).isZero();
    }

    @Test
    void staysExactWhereBinomialCoefficientsOverflow() {
        assertThat(PassAtK.estimate(100_000, 1, 50_000)).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void isUnbiased() {
        SplittableRandom random = new SplittableRandom(7);
        for (double probability : new double[] {0.05, 0.3, 0.8}) {
            double sum = 0;
            int trials = 20_000;
            for (int trial = 0; trial < trials; trial++) {
                int correct = 0;
                for (int sample = 0; sample < 16; sample++) {
                    correct += random.nextDouble() < probability ? 1 : 0;
                }
                sum += PassAtK.estimate(16, correct, 4);
            }
            // The standard error is at most 0.5 / sqrt(trials) = 0.0035.
            assertThat(sum / trials).isCloseTo(1 - Math.pow(1 - probability, 4), within(0.012));
        }
    }

    @Test
    void moreThanWereSampledIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> PassAtK.estimate(4, 1, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> PassAtK.estimate(4, 1, 0));
    }
}
