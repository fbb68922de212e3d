package io.tramontane.jobs.replay;

import java.util.Locale;
import java.util.Map;

/** A replay of rewards in words, for a terminal. */
final class RewardReport {

    private final StringBuilder text = new StringBuilder();

    private RewardReport() {}

    static String of(RewardReplay.Result result) {
        RewardReport report = new RewardReport();
        RewardComparison comparison = result.comparison();
        report.line(
                "scored",
                "%,d completions of %,d groups in %.1f s%s",
                comparison.completions(),
                comparison.groups(),
                result.jobSeconds(),
                speed(result));
        if (comparison.unmatched() > 0) {
            report.line("left out", "%,d groups that the run had not finished", comparison.unmatched());
        }
        report.table(comparison);
        report.groups(comparison);
        return report.text.toString();
    }

    /** How much faster than the run, in words. */
    static String speed(RewardReplay.Result result) {
        return result.runSeconds()
                .map(seconds -> String.format(
                        Locale.ROOT,
                        ", %.1f times as fast as the run's %.0f s",
                        seconds / result.jobSeconds(),
                        seconds))
                .orElse("");
    }

    private void table(RewardComparison comparison) {
        long completions = Math.max(1, comparison.completions());
        text.append(String.format(
                Locale.ROOT,
                "%n%-16s %9s %9s %9s %10s %10s %10s%n",
                "mean value",
                "run",
                "replay",
                "change",
                "correct",
                "replay",
                "verdicts"));
        for (Map.Entry<String, RewardComparison.ComponentDelta> entry :
                comparison.components().entrySet()) {
            RewardComparison.ComponentDelta delta = entry.getValue();
            text.append(String.format(
                    Locale.ROOT,
                    "%-16s %9.4f %9.4f %+9.4f %9.1f%% %9.1f%% %10s%n",
                    entry.getKey(),
                    delta.valueBefore() / completions,
                    delta.valueAfter() / completions,
                    (delta.valueAfter() - delta.valueBefore()) / completions,
                    100.0 * delta.correctBefore() / completions,
                    100.0 * delta.correctAfter() / completions,
                    String.format(Locale.ROOT, "%,d other", delta.changedVerdicts())));
        }
        text.append(String.format(
                Locale.ROOT,
                "%-16s %9.4f %9.4f %+9.4f%n%n",
                "reward",
                comparison.rewardMeanBefore(),
                comparison.rewardMeanAfter(),
                comparison.rewardMeanAfter() - comparison.rewardMeanBefore()));
    }

    private void groups(RewardComparison comparison) {
        long changed = comparison.fateChanges().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        line("groups", "%,d of %,d have another fate", changed, comparison.groups());
        comparison
                .fateChanges()
                .forEach((change, count) -> line("", "%,d from %s to %s", count, change.before(), change.after()));
        line(
                "bit-identical",
                "%,d of %,d groups: fate, rewards, verdicts and advantages",
                comparison.identicalGroups(),
                comparison.groups());
        line("advantages", "%,d of %,d changed sign", comparison.changedSigns(), comparison.completions());
        line("verdicts", "%,d completions have another one", comparison.changedCompletions());
    }

    private void line(String label, String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, "%-14s %s%n", label, String.format(Locale.ROOT, format, arguments)));
    }
}
