package io.tramontane.jobs.evaluation;

import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One policy measured, with all that is needed to measure it again.
 *
 * @param policy its folder, or what was recorded
 * @param sampling how its completions came about
 * @param all problems together
 * @param byLanguage by declared language, in alphabetical order
 * @param byDifficulty by class of difficulty, the numbers in their names rising; empty when none is known
 */
public record EvaluationReport(
        String policy,
        Sampling sampling,
        EvaluationRow all,
        List<EvaluationRow> byLanguage,
        List<EvaluationRow> byDifficulty) {

    private static final Pattern NUMBER = Pattern.compile("\\d+");

    /**
     * How completions came about, and what is said of them.
     *
     * @param temperature 0 is greedy
     * @param maximumNewTokens the token budget
     * @param seed everything random was drawn from it
     * @param confidence of the intervals
     */
    public record Sampling(double temperature, int maximumNewTokens, long seed, double confidence) {}

    /** Sums up the outcomes; {@code ks} are those of pass@k and maj@k. */
    public static EvaluationReport of(
            String policy, Sampling sampling, List<ProblemOutcome> outcomes, List<Integer> ks) {
        double confidence = sampling.confidence();
        return new EvaluationReport(
                policy,
                sampling,
                EvaluationRow.of("all", outcomes, ks, confidence),
                rows(outcomes, ProblemOutcome::language, ks, confidence),
                rows(outcomes, ProblemOutcome::difficulty, ks, confidence));
    }

    private static List<EvaluationRow> rows(
            List<ProblemOutcome> outcomes,
            Function<ProblemOutcome, String> group,
            List<Integer> ks,
            double confidence) {
        Comparator<String> order =
                Comparator.comparingDouble(EvaluationReport::firstNumber).thenComparing(Comparator.naturalOrder());
        TreeMap<String, List<ProblemOutcome>> groups = outcomes.stream()
                .filter(outcome -> !group.apply(outcome).isEmpty())
                .collect(Collectors.groupingBy(group, () -> new TreeMap<>(order), Collectors.toList()));
        return groups.entrySet().stream()
                .map(entry -> EvaluationRow.of(entry.getKey(), entry.getValue(), ks, confidence))
                .toList();
    }

    /** Level 10 comes after level 9. */
    private static double firstNumber(String name) {
        Matcher number = NUMBER.matcher(name);
        return number.find() ? Double.parseDouble(number.group()) : 0;
    }
}
