package io.tramontane.policy.objective.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tramontane.policy.objective.LossInput;
import io.tramontane.policy.objective.LossInputs;
import io.tramontane.policy.objective.LossResult;
import org.junit.jupiter.api.Test;

/** The losses that mask tokens or bound a detached ratio, by cases computed by hand. */
class MaskingLossesTest {

    @Test
    void icePopMasksOnBothSidesWhateverTheAdvantage() {
        LossResult result = new IcePopLoss()
                .create(new IcePopLoss().defaults())
                .of(input(new double[] {0.4, 0.4, 0.6, 4.9, 5.1}, new double[] {1, -1, 1, -1, -1}));

        assertThat(result.value()).isCloseTo(-0.6 + 4.9, within(1e-5));
        assertThat(result.derivative()).containsExactly(new double[] {0, 0, -0.6, 4.9, 0}, within(1e-5));
        assertThat(result.figures()).containsEntry(LossResult.MASKED, 3.0);
    }

    /** All tokens had probability 1/2: a ratio of 1.5 is a change of 0.25. */
    @Test
    void dppoMasksWhatHasMovedFarInTheDirectionOfItsAdvantage() {
        LossResult result = new DppoLoss()
                .create(new DppoLoss().defaults())
                .of(input(new double[] {1.5, 1.5, 0.5, 0.5, 1.3}, new double[] {1, -1, 1, -1, 1}));

        assertThat(result.value()).isCloseTo(1.5 - 0.5 - 1.3, within(1e-5));
        assertThat(result.derivative()).containsExactly(new double[] {0, 1.5, -0.5, 0, -1.3}, within(1e-5));
        assertThat(result.figures()).containsEntry(LossResult.MASKED, 2.0);
    }

    @Test
    void dppoLetsRareTokensChangeByALargeRatio() {
        LossInput rare = new LossInput(
                new float[] {-3}, new float[] {-5}, new float[0], new double[] {1}, new double[] {1}, new int[1]);

        LossResult result = new DppoLoss().create(new DppoLoss().defaults()).of(rare);

        assertThat(result.derivative()[0]).isCloseTo(-Math.exp(2), within(1e-9));
    }

    @Test
    void theSquareOfTheLogRatioDrawsBackAlsoWhatIsMasked() {
        LossResult result =
                new DppoLoss().create(new DppoLoss.Settings(0.2, 0.1)).of(input(new double[] {1.6}, new double[] {1}));

        double logRatio = Math.log(1.6);
        assertThat(result.value()).isCloseTo(0.1 * logRatio * logRatio, within(1e-6));
        assertThat(result.derivative()[0]).isCloseTo(0.2 * logRatio, within(1e-6));
        assertThat(result.figures())
                .hasEntrySatisfying(
                        DppoLoss.LOG_RATIO_SQUARE, sum -> assertThat(sum).isCloseTo(logRatio * logRatio, within(1e-6)));
    }

    @Test
    void reinforceAndCispoKeepAGradientForEveryTokenAndBoundIt() {
        double[] ratios = {0.1, 1, 3, 9};
        double[] advantages = {1, -1, 1, 1};

        LossResult reinforce =
                new ReinforceLoss().create(new ReinforceLoss().defaults()).of(input(ratios, advantages));
        LossResult cispo = new CispoLoss().create(new CispoLoss().defaults()).of(input(ratios, advantages));

        assertThat(reinforce.derivative()).containsExactly(new double[] {-0.1, 1, -2, -2}, within(1e-5));
        assertThat(reinforce.figures()).containsEntry(LossResult.CLIPPED, 2.0);
        assertThat(cispo.derivative()).containsExactly(new double[] {-0.1, 1, -3, -4}, within(1e-5));
        assertThat(cispo.figures()).containsEntry(LossResult.CLIPPED, 1.0);
    }

    @Test
    void onlyReinforceWithoutACapHasNoRatioInIt() {
        assertThat(new ReinforceLoss().carriesRatio(new ReinforceLoss.Settings(0)))
                .isFalse();
        assertThat(new ReinforceLoss().carriesRatio(new ReinforceLoss.Settings(2)))
                .isTrue();
        assertThat(new GspoLoss().carriesRatio(new GspoLoss().defaults())).isTrue();
    }

    private static LossInput input(double[] ratios, double[] advantages) {
        return LossInputs.ofRatios(ratios, advantages, new int[ratios.length]);
    }
}
