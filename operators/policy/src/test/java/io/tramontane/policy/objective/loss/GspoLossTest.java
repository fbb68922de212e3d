package io.tramontane.policy.objective.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tramontane.policy.objective.LossDivisor;
import io.tramontane.policy.objective.LossInputs;
import io.tramontane.policy.objective.LossResult;
import io.tramontane.policy.objective.PolicyLoss;
import org.junit.jupiter.api.Test;

class GspoLossTest {

    private final PolicyLoss loss = new GspoLoss().create(new GspoLoss.Settings(0.2, 0.3));

    @Test
    void theRatioOfASequenceIsTheGeometricMeanAndAllItsTokensHaveOneGradient() {
        LossResult result = loss.of(
                LossInputs.ofRatios(new double[] {2, 0.5, 1.331}, new double[] {2, 2, 2}, new int[3], 0.1, 0.2, 0.3));

        double ratio = Math.cbrt(2 * 0.5 * 1.331);
        assertThat(ratio).isCloseTo(1.1, within(1e-6));
        assertThat(result.value()).isCloseTo(-0.6 * 1.1 * 2, within(1e-6));
        assertThat(result.derivative()).containsExactly(new double[] {-0.44, -0.44, -0.44}, within(1e-6));
    }

    @Test
    void aSequenceIsClippedAsAWhole() {
        double[] ratios = {4, 0.9, 1, 1.1, 0.5, 0.9};
        double[] advantages = {1, 1, 1, 1, -1, -1};
        LossResult result = loss.of(LossInputs.ofRatios(ratios, advantages, new int[] {0, 0, 1, 1, 2, 2}));

        double kept = Math.sqrt(1.1);
        assertThat(result.value()).isCloseTo(-2 * 1.3 - 2 * kept + 2 * 0.8, within(1e-6));
        assertThat(result.derivative()).containsExactly(new double[] {0, 0, -kept, -kept, 0, 0}, within(1e-6));
        assertThat(result.figures()).containsEntry(LossResult.CLIPPED, 4.0);
    }

    @Test
    void withItsDivisorTheLossIsTheMeanOverSequences() {
        LossDivisor divisor = new GspoLoss().divisor();
        double of1 = divisor.tokenWeight(4, 2, 1, 0);
        double of3 = divisor.tokenWeight(4, 2, 3, 0);
        LossResult result = loss.of(LossInputs.ofRatios(
                new double[] {1.1, 0.9, 0.9, 0.9},
                new double[] {1, 3, 3, 3},
                new int[] {0, 1, 1, 1},
                of1,
                of3,
                of3,
                of3));

        assertThat(result.value()).isCloseTo(-(1.1 + 3 * 0.9) / 2, within(1e-6));
    }

    @Test
    void theMeanIsOverTheTokensThatAreNotMasked() {
        LossResult result = loss.of(LossInputs.ofRatios(
                new double[] {1.2, 100, 1.2, 7}, new double[] {1, 1, 1, 1}, new int[] {0, 0, 0, 1}, 1, 0, 1, 0));

        assertThat(result.value()).isCloseTo(-2 * 1.2, within(1e-6));
        assertThat(result.derivative()).containsExactly(new double[] {-1.2, 0, -1.2, 0}, within(1e-6));
    }
}
