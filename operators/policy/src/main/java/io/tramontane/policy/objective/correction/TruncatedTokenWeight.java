package io.tramontane.policy.objective.correction;

import io.tramontane.policy.objective.LossInput;

/**
 * min(π_θ/μ, C) a token, for samples of another engine or an older version (Yao et al., "Your Efficient RL Framework
 * Secretly Brings You Off-Policy RL Training", 2025; {@code rollout_is: token} in verl).
 *
 * @param cap C
 */
record TruncatedTokenWeight(double cap) implements Correction {

    @Override
    public void multiply(LossInput input, double[] weights) {
        for (int t = 0; t < weights.length; t++) {
            weights[t] *= Math.min(input.ratio(t), cap);
        }
    }
}
