package io.tramontane.policy.objective.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.tramontane.policy.objective.LossInput;
import io.tramontane.policy.objective.LossInputs;
import io.tramontane.policy.objective.LossResult;
import io.tramontane.policy.objective.testkit.SampleInputs;
import org.junit.jupiter.api.Test;

class GrpoLossTest {

    @Test
    void insideTheWindowAndOnTheSideThatNeedsNoBoundTheGradientIsWhole() {
        LossResult result = of(new double[] {1, 1.2, 0.9, 0.5, 2}, new double[] {1, 1, -1, 1, -1}, 0);

        assertThat(result.value()).isCloseTo(-(1 + 1.2 - 0.9 + 0.5 - 2), within(1e-6));
        assertThat(result.derivative()).containsExactly(new double[] {-1, -1.2, 0.9, -0.5, 2}, within(1e-6));
        assertThat(result.figures()).containsEntry(LossResult.CLIPPED, 0.0).containsEntry(GrpoLoss.CAPPED, 0.0);
    }

    @Test
    void beyondTheWindowTheGradientIsCutOff() {
        LossResult result = of(new double[] {1.3, 0.7}, new double[] {1, -1}, 0);

        assertThat(result.value()).isCloseTo(-(1.28 - 0.8), within(1e-6));
        assertThat(result.derivative()).containsOnly(0);
        assertThat(result.figures()).containsEntry(LossResult.CLIPPED, 2.0);
    }

    @Test
    void theCapEndsTheGradientOfNegativeAdvantagesToo() {
        LossResult result = of(new double[] {4, 2.9}, new double[] {-1, -1}, 3);

        assertThat(result.value()).isCloseTo(3 + 2.9, within(1e-6));
        assertThat(result.derivative()).containsExactly(new double[] {0, 2.9}, within(1e-6));
        assertThat(result.figures()).containsEntry(LossResult.CLIPPED, 0.0).containsEntry(GrpoLoss.CAPPED, 1.0);
    }

    /** PyTorch halves the gradient of {@code minimum} where both sides are equal and adds both halves up. */
    @Test
    void valueAndDerivativeAreThoseOfPyTorchAlsoWhereTheMinimumsSidesAreEqual() {
        for (long seed = 1; seed <= 20; seed++) {
            LossInput sampled = SampleInputs.of(seed, 0.4);
            sampled.behaviourLogProbs()[0] = sampled.logProbs()[0];
            for (double cap : new double[] {0, 1, 1.5}) {
                LossResult result = new GrpoLoss()
                        .create(new GrpoLoss.Settings(0.2, 0.28, cap))
                        .of(sampled);
                float[] expected = torch(sampled, cap);
                assertThat(result.value()).isCloseTo(expected[0], within(1e-5));
                for (int t = 0; t < sampled.tokens(); t++) {
                    assertThat(result.derivative()[t]).isCloseTo(expected[1 + t], within(1e-5));
                }
            }
        }
    }

    /** The loss, then its gradient by each log-probability. */
    private static float[] torch(LossInput input, double cap) {
        try (NDManager manager = NDManager.newBaseManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray logProbs = manager.create(input.logProbs());
            logProbs.setRequiresGradient(true);
            NDArray advantages = manager.create(floats(input.advantages()));
            NDArray ratio =
                    logProbs.sub(manager.create(input.behaviourLogProbs())).exp();
            if (cap > 0) {
                ratio = ratio.clip(Float.NEGATIVE_INFINITY, cap);
            }
            NDArray objective =
                    ratio.mul(advantages).minimum(ratio.clip(0.8, 1.28).mul(advantages));
            NDArray loss = objective
                    .mul(manager.create(floats(input.tokenWeights())))
                    .sum()
                    .neg();
            collector.backward(loss);
            float[] gradient = logProbs.getGradient().toFloatArray();
            float[] all = new float[1 + gradient.length];
            all[0] = loss.getFloat();
            System.arraycopy(gradient, 0, all, 1, gradient.length);
            return all;
        }
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private static LossResult of(double[] ratios, double[] advantages, double cap) {
        return new GrpoLoss()
                .create(new GrpoLoss.Settings(0.2, 0.28, cap))
                .of(LossInputs.ofRatios(ratios, advantages, new int[ratios.length]));
    }
}
