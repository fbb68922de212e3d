package io.tramontane.jobs.evaluation;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * What some problems amount to.
 *
 * @param group what they have in common
 * @param problems how many
 * @param completions of all of them
 * @param passAt1 mean over the problems of the share of correct completions
 * @param passAtK by k: at least one of k completions is correct. Problems with fewer completions do not count
 * @param majorityAtK by k: the most frequent answer of k completions is correct. The same problems
 * @param languageConsistency share of completions whose problem, thoughts and answer are in one language
 * @param wellFormed share that passed the format gate
 * @param truncated share that the token budget ended
 * @param meanTokens length of a completion
 * @param meanReward over all completions
 */
public record EvaluationRow(
        String group,
        int problems,
        int completions,
        Estimate passAt1,
        SortedMap<Integer, Estimate> passAtK,
        SortedMap<Integer, Estimate> majorityAtK,
        double languageConsistency,
        double wellFormed,
        double truncated,
        double meanTokens,
        double meanReward) {

    /**
     * @param outcomes at least one
     * @param ks for which pass@k and maj@k are wanted
     * @param confidence of the intervals, e.g. 0.95
     */
    static EvaluationRow of(String group, List<ProblemOutcome> outcomes, List<Integer> ks, double confidence) {
        SortedMap<Integer, Estimate> pass = new TreeMap<>();
        SortedMap<Integer, Estimate> majority = new TreeMap<>();
        for (int k : ks) {
            List<ProblemOutcome> enough = outcomes.stream()
                    .filter(outcome -> outcome.samples().size() >= k)
                    .toList();
            if (!enough.isEmpty()) {
                pass.put(k, estimate(enough, outcome -> outcome.passAt(k), confidence));
                majority.put(k, estimate(enough, outcome -> outcome.majorityAt(k), confidence));
            }
        }
        List<GradedSample> samples =
                outcomes.stream().flatMap(outcome -> outcome.samples().stream()).toList();
        return new EvaluationRow(
                group,
                outcomes.size(),
                samples.size(),
                estimate(outcomes, ProblemOutcome::passRate, confidence),
                pass,
                majority,
                mean(samples, sample -> sample.languageConsistent() ? 1 : 0),
                mean(samples, sample -> sample.wellFormed() ? 1 : 0),
                mean(samples, sample -> sample.truncated() ? 1 : 0),
                mean(samples, GradedSample::tokens),
                mean(samples, GradedSample::reward));
    }

    private static Estimate estimate(
            List<ProblemOutcome> outcomes, ToDoubleFunction<ProblemOutcome> value, double confidence) {
        return Estimate.ofProblems(outcomes.stream().mapToDouble(value).toArray(), confidence);
    }

    private static double mean(List<GradedSample> samples, ToDoubleFunction<GradedSample> value) {
        return samples.stream().mapToDouble(value).average().orElseThrow();
    }
}
