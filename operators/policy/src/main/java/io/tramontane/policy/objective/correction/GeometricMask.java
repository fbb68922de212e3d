package io.tramontane.policy.objective.correction;

import io.tramontane.policy.objective.LossInput;
import java.util.Arrays;

/**
 * A sequence counts only where the geometric mean of its ratios, exp(mean_t ℓ), lies within bounds, edges included
 * ({@code rollout_rs: geometric} in verl; SkyRL). Unlike their product it does not drift away with length.
 */
record GeometricMask(double minimum, double maximum) implements Correction {

    @Override
    public void multiply(LossInput input, double[] weights) {
        int end;
        for (int start = 0; start < weights.length; start = end) {
            end = input.sequenceEnd(start);
            double mean = StrictMath.exp(Correction.meanLogRatio(input, start, end));
            if (mean < minimum || mean > maximum) {
                Arrays.fill(weights, start, end, 0);
            }
        }
    }
}
