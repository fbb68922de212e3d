package io.tramontane.policy.objective.composition;

/**
 * Importance ratios ρ of tokens, as sums.
 *
 * @param sum of the ratios
 * @param squareSum of their squares, for the effective sample size
 * @param maximum the largest; 0 of no tokens
 * @param divergenceSum estimates of KL(μ ‖ π_θ) a token: ρ − 1 − log ρ (Schulman, "Approximating KL Divergence", k3)
 */
public record RatioStatistics(double sum, double squareSum, double maximum, double divergenceSum) {

    /** Of no tokens. */
    public static final RatioStatistics NONE = new RatioStatistics(0, 0, 0, 0);

    RatioStatistics plus(RatioStatistics other) {
        return new RatioStatistics(
                sum + other.sum,
                squareSum + other.squareSum,
                Math.max(maximum, other.maximum),
                divergenceSum + other.divergenceSum);
    }
}
