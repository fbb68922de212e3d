package io.tramontane.jobs.evaluation;

import io.tramontane.jobs.data.dataset.ProblemSet;
import io.tramontane.rewards.RewardRequest;
import io.tramontane.rewards.composition.ScoreCard;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Counts graded completions. */
final class Tally {

    private final ProblemSet problems;
    private final int samples;
    private final int[] correctOfProblem;
    private int graded;
    private int consistent;
    private int wellFormed;
    private int truncated;
    private double reward;
    private long tokens;

    Tally(ProblemSet problems, int samples) {
        this.problems = problems;
        this.samples = samples;
        this.correctOfProblem = new int[problems.size()];
    }

    void add(int problem, RewardRequest request, ScoreCard card) {
        graded++;
        correctOfProblem[problem] += card.correct() ? 1 : 0;
        consistent += card.languageConsistent() ? 1 : 0;
        wellFormed += card.wellFormed() ? 1 : 0;
        truncated += request.truncated() ? 1 : 0;
        reward += card.reward();
        tokens += request.completionTokens();
    }

    Evaluation result(double temperature, double confidence) {
        double[] shares = Arrays.stream(correctOfProblem)
                .mapToDouble(correct -> (double) correct / samples)
                .toArray();
        ConfidenceInterval interval = ConfidenceInterval.wilson(shares, confidence);
        return Evaluation.builder()
                .passAt1(Arrays.stream(shares).average().orElseThrow())
                .interval(interval.low(), interval.high(), confidence)
                .completions(graded)
                .problems(problems.size())
                .temperature(temperature)
                .languageConsistency((double) consistent / graded)
                .wellFormed((double) wellFormed / graded)
                .truncated((double) truncated / graded)
                .meanReward(reward / graded)
                .meanTokens((double) tokens / graded)
                .passAt1ByLanguage(byLanguage(shares))
                .build();
    }

    private Map<String, Double> byLanguage(double[] shares) {
        Map<String, double[]> sums = new HashMap<>();
        for (int i = 0; i < shares.length; i++) {
            double[] sum = sums.computeIfAbsent(problems.problems().get(i).language(), language -> new double[2]);
            sum[0] += shares[i];
            sum[1]++;
        }
        Map<String, Double> means = new HashMap<>();
        sums.forEach((language, sum) -> means.put(language, sum[0] / sum[1]));
        return means;
    }
}
