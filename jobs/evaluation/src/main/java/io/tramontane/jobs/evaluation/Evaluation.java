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
}
