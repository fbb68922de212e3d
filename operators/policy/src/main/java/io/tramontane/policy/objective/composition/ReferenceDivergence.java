package io.tramontane.policy.objective.composition;

import io.tramontane.policy.objective.LossInput;

/**
 * The penalty on divergence from a reference policy: β Σ_t w_t k3_t with k3 = e^a − 1 − a and a = log π_ref − log π_θ,
 * an estimate of KL(π_θ ‖ π_ref) (Schulman, "Approximating KL Divergence"; GRPO, arXiv 2402.03300, eq. 4). a is bounded
 * as a log-ratio is. The derivative by log π_θ is β w_t (1 − e^a), beyond the bound 0. w_t is the divisor's alone:
 * corrections are for the advantage's term.
 *
 * @param coefficient β; 0 switches the term off
 */
record ReferenceDivergence(double coefficient) {

    boolean on() {
        return coefficient > 0;
    }

    /**
     * Adds to the derivative.
     *
     * @return the term's value, and the sum of k3 over tokens whose weight is not 0
     */
    Sums add(LossInput input, double[] derivative) {
        double value = 0;
        double divergence = 0;
        for (int t = 0; t < derivative.length; t++) {
            double weight = input.tokenWeights()[t];
            if (weight == 0) {
                continue;
            }
            double whole = (double) input.referenceLogProbs()[t] - input.logProbs()[t];
            double away = Math.max(-LossInput.MAXIMUM_LOG_RATIO, Math.min(LossInput.MAXIMUM_LOG_RATIO, whole));
            double more = StrictMath.expm1(away);
            value += coefficient * weight * (more - away);
            divergence += more - away;
            if (away == whole) {
                derivative[t] -= coefficient * weight * more;
            }
        }
        return new Sums(value, divergence);
    }

    record Sums(double value, double divergence) {

        static final Sums NONE = new Sums(0, 0);
    }
}
