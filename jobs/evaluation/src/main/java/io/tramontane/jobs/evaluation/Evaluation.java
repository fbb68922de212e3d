package io.tramontane.jobs.evaluation;

import java.util.Map;

/**
 * What an evaluation found. All shares are of the n completions, malformed ones included.
 *
 * @param passAt1 share of correct completions
 * @param confidenceLow lower end of its interval
 * @param confidenceHigh upper end of its interval
 * @param confidence of the interval
 * @param completions n
 * @param problems among them
 * @param temperature they were sampled at; 0 is greedy
 * @param languageConsistency share whose problem, thoughts and answer are in one language
 * @param wellFormed share that passed the format gate
 * @param truncated share that the token budget ended
 * @param meanReward over all completions
 * @param meanTokens length of a completion
 * @param passAt1ByLanguage share of correct completions by declared language of the problem
 */
public record Evaluation(
        double passAt1,
        double confidenceLow,
        double confidenceHigh,
        double confidence,
        int completions,
        int problems,
        double temperature,
        double languageConsistency,
        double wellFormed,
        double truncated,
        double meanReward,
        double meanTokens,
        Map<String, Double> passAt1ByLanguage) {

    public Evaluation {
        passAt1ByLanguage = Map.copyOf(passAt1ByLanguage);
    }

    /** Begins an evaluation; a figure that is not set is 0. */
    public static Builder builder() {
        return new Builder();
    }

    /** Gives the figures of an evaluation their names. */
    public static final class Builder {

        private double passAt1;
        private double confidenceLow;
        private double confidenceHigh;
        private double confidence;
        private int completions;
        private int problems;
        private double temperature;
        private double languageConsistency;
        private double wellFormed;
        private double truncated;
        private double meanReward;
        private double meanTokens;
        private Map<String, Double> passAt1ByLanguage = Map.of();

        private Builder() {}

        public Builder passAt1(double passAt1) {
            this.passAt1 = passAt1;
            return this;
        }

        /** The interval of {@code passAt1}. */
        public Builder interval(double low, double high, double confidence) {
            this.confidenceLow = low;
            this.confidenceHigh = high;
            this.confidence = confidence;
            return this;
        }

        public Builder completions(int completions) {
            this.completions = completions;
            return this;
        }

        public Builder problems(int problems) {
            this.problems = problems;
            return this;
        }

        public Builder temperature(double temperature) {
            this.temperature = temperature;
            return this;
        }

        public Builder languageConsistency(double languageConsistency) {
            this.languageConsistency = languageConsistency;
            return this;
        }

        public Builder wellFormed(double wellFormed) {
            this.wellFormed = wellFormed;
            return this;
        }

        public Builder truncated(double truncated) {
            this.truncated = truncated;
            return this;
        }

        public Builder meanReward(double meanReward) {
            this.meanReward = meanReward;
            return this;
        }

        public Builder meanTokens(double meanTokens) {
            this.meanTokens = meanTokens;
            return this;
        }

        public Builder passAt1ByLanguage(Map<String, Double> passAt1ByLanguage) {
            this.passAt1ByLanguage = passAt1ByLanguage;
            return this;
        }

        public Evaluation build() {
            return new Evaluation(
                    passAt1,
                    confidenceLow,
                    confidenceHigh,
                    confidence,
                    completions,
                    problems,
                    temperature,
                    languageConsistency,
                    wellFormed,
                    truncated,
                    meanReward,
                    meanTokens,
                    passAt1ByLanguage);
        }
    }
}
