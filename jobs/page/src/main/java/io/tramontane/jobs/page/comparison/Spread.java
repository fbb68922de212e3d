package io.tramontane.jobs.page.comparison;

import java.util.Collection;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * A figure over the seeds of a variant.
 *
 * @param mean arithmetic
 * @param deviation of the sample (divided by n − 1); 0 with a single run
 * @param runs how many there are
 */
record Spread(double mean, double deviation, int runs) {

    static Spread of(Collection<RunOutcome> outcomes, ToDoubleFunction<RunOutcome> figure) {
        double mean = outcomes.stream().mapToDouble(figure).average().orElse(0);
        double squares = outcomes.stream()
                .mapToDouble(figure)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        int runs = outcomes.size();
        return new Spread(mean, runs < 2 ? 0 : Math.sqrt(squares / (runs - 1)), runs);
    }

    /** In percent, with the deviation where there is one. */
    String percent() {
        return runs < 2
                ? String.format(Locale.ROOT, "%.1f%%", 100 * mean)
                : String.format(Locale.ROOT, "%.1f%% ± %.1f", 100 * mean, 100 * deviation);
    }

    /** As a number, with the deviation where there is one. */
    String number() {
        return runs < 2
                ? String.format(Locale.ROOT, "%.1f", mean)
                : String.format(Locale.ROOT, "%.1f ± %.1f", mean, deviation);
    }
}
