package io.tramontane.policy.training;

/**
 * Figures of one micro-batch as sums, so that those of a step are their sum.
 *
 * @param loss its share of the minibatch's loss
 * @param tokens completion tokens
 * @param ratioSum importance ratios
 * @param ratioSquareSum their squares, for the effective sample size
 * @param ratioMaximum the largest importance ratio
 * @param clippedTokens tokens whose gradient the clipping cuts off
 * @param divergenceSum estimates of KL(μ ‖ π) a token: ρ − 1 − log ρ (Schulman, "Approximating KL Divergence", k3)
 * @param entropySum entropies of the policy's distribution, nats
 */
public record MicroBatchStatistics(
        double loss,
        long tokens,
        double ratioSum,
        double ratioSquareSum,
        double ratioMaximum,
        double clippedTokens,
        double divergenceSum,
        double entropySum) {

    public static final MicroBatchStatistics NONE = new MicroBatchStatistics(0, 0, 0, 0, 0, 0, 0, 0);

    public MicroBatchStatistics plus(MicroBatchStatistics other) {
        return new MicroBatchStatistics(
                loss + other.loss,
                tokens + other.tokens,
                ratioSum + other.ratioSum,
                ratioSquareSum + other.ratioSquareSum,
                Math.max(ratioMaximum, other.ratioMaximum),
                clippedTokens + other.clippedTokens,
                divergenceSum + other.divergenceSum,
                entropySum + other.entropySum);
    }
}
