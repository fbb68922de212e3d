package io.tramontane.policy.objective;

/**
 * The completion tokens of one micro-batch, sequence after sequence, as a loss sees them. All arrays are [N], one value
 * a token; they are lent and must not be changed or kept.
 *
 * @param logProbs log π_θ of the chosen tokens: what the loss is differentiated by
 * @param behaviourLogProbs log μ as the generator recorded them
 * @param referenceLogProbs log π_ref under the base policy; empty where no term needs it
 * @param advantages Â, the same for all tokens of a sequence
 * @param tokenWeights the reciprocal of the divisor times the detached corrections: the loss is the sum of
 *     {@code tokenWeights[t]} times the term of token t. 0 masks a token: it has no part in value, derivative and
 *     figures, nor in means over its sequence
 * @param sequences which sequence of the micro-batch a token belongs to, never falling: the tokens of a sequence stand
 *     side by side, and no sequence is split over micro-batches
 */
public record LossInput(
        float[] logProbs,
        float[] behaviourLogProbs,
        float[] referenceLogProbs,
        double[] advantages,
        double[] tokenWeights,
        int[] sequences) {

    /** The bound of a log-ratio before it is exponentiated, as verl and TRL have it: e^20 is 4.9e8. */
    public static final double MAXIMUM_LOG_RATIO = 20;

    public LossInput {
        int tokens = logProbs.length;
        if (behaviourLogProbs.length != tokens
                || (referenceLogProbs.length != 0 && referenceLogProbs.length != tokens)
                || advantages.length != tokens
                || tokenWeights.length != tokens
                || sequences.length != tokens) {
            throw new IllegalArgumentException("one value a token, of " + tokens);
        }
        for (int token = 1; token < tokens; token++) {
            if (sequences[token] < sequences[token - 1]) {
                throw new IllegalArgumentException("sequences fall at token " + token);
            }
        }
    }

    /** N. */
    public int tokens() {
        return logProbs.length;
    }

    /** ℓ = log π_θ − log μ of a token, clamped to ±{@link #MAXIMUM_LOG_RATIO}. */
    public double logRatio(int token) {
        return Math.max(-MAXIMUM_LOG_RATIO, Math.min(MAXIMUM_LOG_RATIO, rawLogRatio(token)));
    }

    /** Whether {@link #logRatio} moves with log π_θ: within the bound its derivative is 1, beyond it 0. */
    public boolean moves(int token) {
        return Math.abs(rawLogRatio(token)) <= MAXIMUM_LOG_RATIO;
    }

    /** ρ = exp ℓ of a token: at most e^20. The same bits on every machine. */
    public double ratio(int token) {
        return StrictMath.exp(logRatio(token));
    }

    /** The first token after the sequence of this one: N for the last sequence. */
    public int sequenceEnd(int token) {
        int end = token + 1;
        while (end < tokens() && sequences[end] == sequences[token]) {
            end++;
        }
        return end;
    }

    /** The same tokens with other weights, [N]. */
    public LossInput withTokenWeights(double[] weights) {
        return new LossInput(logProbs, behaviourLogProbs, referenceLogProbs, advantages, weights, sequences);
    }

    private double rawLogRatio(int token) {
        return (double) logProbs[token] - behaviourLogProbs[token];
    }
}
