package io.tramontane.policy.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AdvantageNormalisationTest {

    private static final double[] ADVANTAGES = {0.5, -0.5, 0.25, -0.25};
    private static final double[] STDS = {0.5, 0.5, 0.25, 0.25};

    @Test
    void overTheMinibatchTheyHaveMeanZeroAndDeviationOne() {
        double[] advantages = new SplittableRandom(5).doubles(64, -1, 2).toArray();

        double[] normalised = AdvantageNormalisation.MINIBATCH.normalised(advantages, new double[64]);

        AdvantageMoments moments = AdvantageMoments.of(normalised);
        assertThat(moments.mean()).isCloseTo(0, within(1e-12));
        assertThat(moments.std()).isCloseTo(1, within(1e-6));
    }

    /** As a stream of boxed sequences sums them, which batches of recorded runs have been computed with. */
    @Test
    void theMomentsAreSummedWithCompensation() {
        double[] advantages = new SplittableRandom(6).doubles(999, -1, 1e6).toArray();
        List<Double> boxed = Arrays.stream(advantages).boxed().toList();
        double mean = boxed.stream().mapToDouble(value -> value).average().orElseThrow();
        double std = Math.sqrt(boxed.stream()
                .mapToDouble(value -> (value - mean) * (value - mean))
                .average()
                .orElseThrow());

        assertThat(AdvantageMoments.of(advantages)).isEqualTo(new AdvantageMoments(mean, std));
        assertThat(AdvantageNormalisation.MINIBATCH.normalised(advantages, new double[999]))
                .isEqualTo(boxed.stream()
                        .mapToDouble(value -> (value - mean) / (std + 1e-8))
                        .toArray());
    }

    @Test
    void byGroupEachIsDividedByTheDeviationOfItsGroup() {
        assertThat(AdvantageNormalisation.GROUP.normalised(ADVANTAGES, STDS))
                .containsExactly(0.5 / (0.5 + 1e-8), -0.5 / (0.5 + 1e-8), 0.25 / (0.25 + 1e-8), -0.25 / (0.25 + 1e-8));
    }

    @Test
    void withoutNormalisationTheyStayInANewArray() {
        assertThat(AdvantageNormalisation.NONE.normalised(ADVANTAGES, STDS))
                .isEqualTo(ADVANTAGES)
                .isNotSameAs(ADVANTAGES);
    }

    @Test
    void equalAdvantagesBecomeZero() {
        assertThat(AdvantageNormalisation.MINIBATCH.normalised(new double[] {2, 2}, new double[2]))
                .containsOnly(0);
    }

    @Test
    void thereIsOneDeviationAnAdvantage() {
        assertThatThrownBy(() -> AdvantageNormalisation.NONE.normalised(ADVANTAGES, new double[3]))
                .hasMessage("4 advantages and 3 standard deviations");
    }
}
