package io.tramontane.policy.objective.correction;

import io.tramontane.policy.objective.LossInput;

/**
 * min(Π_t π_θ/μ, C) for all tokens of a sequence: unlike a weight a token, it has no bias except through C (Liu et al.,
 * "When Speed Kills Stability", 2025; {@code rollout_is: sequence} in verl). The product is exp(Σ_t ℓ), the sum bounded
 * as a log-ratio is.
 *
 * @param cap C
 */
record TruncatedSequenceWeight(double cap) implements Correction {

    @Override
    public void multiply(LossInput input, double[] weights) {
        int end;
        for (int start = 0; start < weights.length; start = end) {
            end = input.sequenceEnd(start);
            double sum = 0;
            for (int t = start; t < end; t++) {
                sum += input.tokenWeights()[t] == 0 ? 0 : input.logRatio(t);
            }
            double bound = LossInput.MAXIMUM_LOG_RATIO;
            double weight = Math.min(StrictMath.exp(Math.max(-bound, Math.min(bound, sum))), cap);
            for (int t = start; t < end; t++) {
                weights[t] *= weight;
            }
        }
    }
}
