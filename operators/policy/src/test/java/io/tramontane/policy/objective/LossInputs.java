package io.tramontane.policy.objective;

import java.util.Arrays;

/** Inputs of a loss with given ratios, for cases computed by hand. */
public final class LossInputs {

    private LossInputs() {}

    /** One token each, all of weight 1 and of probability 1/2 under the generator. */
    public static LossInput ofRatios(double[] ratios, double[] advantages, int[] sequences) {
        float behaviour = (float) Math.log(0.5);
        float[] logProbs = new float[ratios.length];
        float[] behaviourLogProbs = new float[ratios.length];
        for (int t = 0; t < ratios.length; t++) {
            logProbs[t] = behaviour + (float) Math.log(ratios[t]);
            behaviourLogProbs[t] = behaviour;
        }
        double[] weights = new double[ratios.length];
        Arrays.fill(weights, 1);
        return new LossInput(logProbs, behaviourLogProbs, new float[0], advantages, weights, sequences);
    }

    /** The same with other weights. */
    public static LossInput ofRatios(double[] ratios, double[] advantages, int[] sequences, double... weights) {
        return ofRatios(ratios, advantages, sequences).withTokenWeights(weights);
    }
}
