package io.tramontane.policy.objective.correction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tramontane.policy.objective.LossInput;
import io.tramontane.policy.objective.LossInputs;
import io.tramontane.policy.objective.testkit.SampleInputs;
import org.junit.jupiter.api.Test;

/** Cases computed by hand. */
class CorrectionsTest {

    private static final double[] RATIOS = {4, 0.5, 0.9, 1.1, 1};
    private static final int[] SEQUENCES = {0, 0, 1, 1, 2};

    @Test
    void withoutCorrectionsEveryWeightIsOne() {
        assertThat(weights(CorrectionSettings.OFF, input(1, 1, 1, 1, 1))).containsOnly(1);
    }

    @Test
    void aTokensWeightIsItsTruncatedRatio() {
        assertThat(weights(weighted(ImportanceWeight.TOKEN, 2), input(1, 1, 1, 1, 1)))
                .containsExactly(new double[] {2, 0.5, 0.9, 1.1, 1}, within(1e-6));
    }

    @Test
    void aSequencesWeightIsItsTruncatedProduct() {
        assertThat(weights(weighted(ImportanceWeight.SEQUENCE, 1.5), input(1, 1, 1, 1, 1)))
                .containsExactly(new double[] {1.5, 1.5, 0.99, 0.99, 1}, within(1e-6));
    }

    @Test
    void theProductIsOverTheTokensThatAreNotMasked() {
        assertThat(weights(weighted(ImportanceWeight.SEQUENCE, 9), input(0, 1, 1, 1, 1))[1])
                .isCloseTo(0.5, within(1e-6));
    }

    /** The geometric means are √2, √0.99 = 0.995 and 1. */
    @Test
    void aSequenceCountsWhereItsGeometricMeanIsWithinBounds() {
        assertThat(weights(masked(0.99, 1.01, 0), input(1, 1, 1, 1, 1))).containsExactly(0, 0, 1, 1, 1);
        assertThat(weights(masked(0.999, 1.5, 0), input(1, 1, 1, 1, 1))).containsExactly(1, 1, 0, 0, 1);
        assertThat(weights(masked(1, 1, 0), input(1, 1, 1, 1, 1))).containsExactly(0, 0, 0, 0, 1);
    }

    /** The mean of log μ − log π_θ is −0.35, 0.005 and 0. */
    @Test
    void aSequenceOfNegativeAdvantageThatHasBecomeImprobableCountsNothing() {
        CorrectionSettings settings = new CorrectionSettings(ImportanceWeight.OFF, 2, false, 0.99, 1.01, 0.004);

        assertThat(weights(settings, input(1, 1, 1, 1, 1))).containsExactly(1, 1, 0, 0, 1);
        LossInput positive = LossInputs.ofRatios(RATIOS, new double[] {1, 1, 1, 1, 1}, SEQUENCES);
        assertThat(weights(settings, positive)).containsOnly(1);
    }

    @Test
    void weightsAndMasksMultiplyAndMasksSeeTheUncorrectedSequence() {
        CorrectionSettings all = new CorrectionSettings(ImportanceWeight.TOKEN, 2, true, 0.99, 2, 0.01);

        assertThat(weights(all, input(1, 1, 1, 1, 1)))
                .containsExactly(new double[] {2, 0.5, 0.9, 1.1, 1}, within(1e-6));
        CorrectionSettings narrow = new CorrectionSettings(ImportanceWeight.TOKEN, 2, true, 0.99, 1.01, 0.004);
        assertThat(weights(narrow, input(1, 1, 1, 1, 1))).containsExactly(new double[] {0, 0, 0, 0, 1}, within(1e-6));
    }

    @Test
    void weightsAreFiniteForAnyInput() {
        CorrectionSettings all = new CorrectionSettings(ImportanceWeight.SEQUENCE, 1e9, true, 0, 1e9, 1);
        for (long seed = 1; seed <= 50; seed++) {
            for (double weight : weights(all, SampleInputs.extreme(seed))) {
                assertThat(weight).isBetween(0.0, 1e9);
            }
        }
    }

    @Test
    void aTruncatedWeightIsRefusedWhereTheLossHasTheRatio() {
        assertThat(CorrectionSettings.OFF.refusal("grpo", true)).isEmpty();
        assertThat(masked(0.99, 1.01, 0.1).refusal("grpo", true)).isEmpty();
        assertThat(weighted(ImportanceWeight.TOKEN, 2).refusal("reinforce", false))
                .isEmpty();
        assertThat(weighted(ImportanceWeight.SEQUENCE, 2).refusal("grpo", true))
                .hasValueSatisfying(line -> assertThat(line)
                        .startsWith("the loss 'grpo' has the importance ratio in it")
                        .contains("set importance-weight to off"));
    }

    @Test
    void theBoundsOfTheGeometricMaskAreInOrder() {
        assertThat(CorrectionSettings.OFF.isMinimumWithinMaximum()).isTrue();
        assertThat(masked(1.01, 0.99, 0).isMinimumWithinMaximum()).isFalse();
    }

    private static CorrectionSettings weighted(ImportanceWeight weight, double cap) {
        return new CorrectionSettings(weight, cap, false, 0.99, 1.01, 0);
    }

    private static CorrectionSettings masked(double minimum, double maximum, double threshold) {
        return new CorrectionSettings(ImportanceWeight.OFF, 2, true, minimum, maximum, threshold);
    }

    private static LossInput input(double... weights) {
        return LossInputs.ofRatios(RATIOS, new double[] {-1, -1, -1, -1, -1}, SEQUENCES, weights);
    }

    private static double[] weights(CorrectionSettings settings, LossInput input) {
        return new Corrections(settings).weights(input);
    }
}
