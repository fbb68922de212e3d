package io.tramontane.policy.objective;

/** What the sum over tokens is divided by (Magistral §2.1 divides by all completion tokens of the minibatch). */
public enum LossDivisor {
    /** Every token of the minibatch weighs the same. */
    TOTAL_TOKENS {
        @Override
        public double tokenWeight(long totalTokens, int sequences, int sequenceTokens, double constant) {
            return 1.0 / totalTokens;
        }
    },
    /** Every sequence weighs the same, so tokens of long ones weigh less (the original GRPO). */
    PER_SEQUENCE_MEAN {
        @Override
        public double tokenWeight(long totalTokens, int sequences, int sequenceTokens, double constant) {
            return 1.0 / ((double) sequences * sequenceTokens);
        }
    },
    /** A fixed divisor: the gradient grows with the length of the completions. */
    CONSTANT {
        @Override
        public double tokenWeight(long totalTokens, int sequences, int sequenceTokens, double constant) {
            return 1.0 / constant;
        }
    };

    /**
     * What one token of a sequence weighs in the loss.
     *
     * @param totalTokens completion tokens of the whole minibatch
     * @param sequences completions of the whole minibatch
     * @param sequenceTokens completion tokens of the sequence
     * @param constant the configured divisor of {@link #CONSTANT}
     */
    public abstract double tokenWeight(long totalTokens, int sequences, int sequenceTokens, double constant);
}
