package io.tramontane.jobs.page.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Renders the runs of a comparison as a text table: one line a run, one line of means a variant. */
final class ComparisonTable {

    private static final String LINE = "%-22s %6s  %9s %9s %8s  %9s %9s  %8s %8s %9s %6s%n";

    private final double rewardThreshold;

    ComparisonTable(double rewardThreshold) {
        this.rewardThreshold = rewardThreshold;
    }

    /** @param outcomes by variant, in the order of the table; each list by seed */
    String render(Map<Variant, Map<Long, RunOutcome>> outcomes) {
        StringBuilder table = new StringBuilder();
        table.append(String.format(
                Locale.ROOT,
                LINE,
                "variant",
                "seed",
                "base p@1",
                "trained",
                "gain",
                "base lang",
                "trained",
                "wall s",
                "compl/s",
                String.format(Locale.ROOT, "s to %.2f", rewardThreshold),
                "idle"));
        outcomes.forEach((variant, bySeed) -> {
            bySeed.forEach(
                    (seed, outcome) -> table.append(line(variant.name(), Long.toString(seed), List.of(outcome))));
            if (bySeed.size() > 1) {
                table.append(line(variant.name(), "mean", new ArrayList<>(bySeed.values())));
            }
        });
        return table.toString();
    }

    private static String line(String name, String seed, List<RunOutcome> runs) {
        double base = mean(runs, RunOutcome::basePass1);
        double trained = mean(runs, RunOutcome::trainedPass1);
        OptionalDouble reached =
                runs.stream().allMatch(run -> run.secondsToReward().isPresent())
                        ? runs.stream()
                                .mapToDouble(run -> run.secondsToReward().getAsDouble())
                                .average()
                        : OptionalDouble.empty();
        return String.format(
                Locale.ROOT,
                LINE,
                name,
                seed,
                percent(base),
                percent(trained),
                String.format(Locale.ROOT, "%+.1f", 100 * (trained - base)),
                percent(mean(runs, RunOutcome::baseLanguageConsistency)),
                percent(mean(runs, RunOutcome::trainedLanguageConsistency)),
                String.format(Locale.ROOT, "%.0f", mean(runs, RunOutcome::wallSeconds)),
                String.format(Locale.ROOT, "%.0f", mean(runs, RunOutcome::completionsPerSecond)),
                reached.isPresent() ? String.format(Locale.ROOT, "%.1f", reached.getAsDouble()) : "never",
                percent(mean(runs, RunOutcome::generatorIdleFraction)));
    }

    private static double mean(List<RunOutcome> runs, ToDoubleFunction<RunOutcome> figure) {
        return runs.stream().collect(Collectors.averagingDouble(figure));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", 100 * share);
    }
}
