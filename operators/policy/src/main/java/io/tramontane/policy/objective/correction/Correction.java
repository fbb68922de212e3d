package io.tramontane.policy.objective.correction;

import io.tramontane.policy.objective.LossInput;

/** One rule that weighs or masks tokens. It is detached: the derivative of the loss knows it as a constant. */
@FunctionalInterface
interface Correction {

    /**
     * Multiplies each sequence's share into the weights.
     *
     * @param input with the divisor's token weights alone; a token of weight 0 has no part in means and products
     * @param weights [N], changed in place
     */
    void multiply(LossInput input, double[] weights);

    /** Mean of ℓ over the tokens from {@code start} to before {@code end} that are not masked; 0 of none. */
    static double meanLogRatio(LossInput input, int start, int end) {
        double sum = 0;
        int tokens = 0;
        for (int t = start; t < end; t++) {
            if (input.tokenWeights()[t] != 0) {
                sum += input.logRatio(t);
                tokens++;
            }
        }
        return tokens == 0 ? 0 : sum / tokens;
    }
}
