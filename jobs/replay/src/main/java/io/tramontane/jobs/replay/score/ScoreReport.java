package io.tramontane.jobs.replay.score;

import io.tramontane.schemas.GroupFate;
import java.util.Locale;
import java.util.stream.Collectors;

/** The outcome of a scoring job in words. */
final class ScoreReport {

    private final StringBuilder text = new StringBuilder();

    private ScoreReport() {}

    /**
     * @param written completions that went into the topic
     * @param dropped completions that are in no group, in words; empty when there are none
     * @param seconds the job took, from its start to its end
     */
    static String of(ScoreStatistics statistics, long written, String dropped, double seconds) {
        ScoreReport report = new ScoreReport();
        report.line(
                "scored",
                "%,d completions in %.1f s of the job, %,.0f a second",
                statistics.completions().all(),
                seconds,
                statistics.completions().all() / seconds);
        report.accounting(statistics, written, dropped);
        report.accuracy(statistics);
        report.groups(statistics);
        if (statistics.labelled() > 0) {
            report.labels(statistics);
        }
        return report.text.toString();
    }

    private void accounting(ScoreStatistics statistics, long written, String dropped) {
        if (statistics.completions().all() != written) {
            line("dropped", "%,d of %,d: %s", written - statistics.completions().all(), written, dropped);
        }
    }

    private void accuracy(ScoreStatistics statistics) {
        line("accuracy", "%s", share(statistics.completions()));
        if (statistics.byModel().size() > 1) {
            statistics.byModel().forEach((model, share) -> line("", "%-22s %s", model, share(share)));
        }
        line(
                "verdicts",
                "%s",
                statistics.verdicts().entrySet().stream()
                        .map(entry -> String.format(Locale.ROOT, "%s %,d", entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining(", ")));
    }

    private void groups(ScoreStatistics statistics) {
        line(
                "groups",
                "%,d: %,d trainable, %,d zero variance (%.1f%%), %,d incomplete, %,d stale",
                statistics.groups(),
                statistics.groups(GroupFate.TRAINABLE),
                statistics.groups(GroupFate.ZERO_VARIANCE),
                100 * statistics.zeroVarianceShare(),
                statistics.groups(GroupFate.INCOMPLETE),
                statistics.groups(GroupFate.STALE));
        line(
                "",
                "right completions in a group: %s",
                statistics.byRightInGroup().entrySet().stream()
                        .map(entry -> String.format(Locale.ROOT, "%d in %,d", entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining(", ")));
        line(
                "reward",
                "mean %.3f, standard deviation within a group %.3f on average",
                statistics.rewardMean(),
                statistics.deviationMean());
    }

    private void labels(ScoreStatistics statistics) {
        line(
                "labels",
                "%.2f%% of %,d verdicts agree, %,d do not",
                100 * statistics.agreement(),
                statistics.labelled(),
                statistics.disagreements().size());
        for (ScoreStatistics.Disagreement disagreement : statistics.disagreements()) {
            line(
                    "",
                    "%s %s: labelled %s, %s: %s (reference %s)",
                    disagreement.problemId(),
                    disagreement.model(),
                    disagreement.label() ? "right" : "wrong",
                    disagreement.verdict(),
                    disagreement.reason(),
                    disagreement.reference());
        }
    }

    private static String share(ScoreStatistics.Share share) {
        return String.format(Locale.ROOT, "%.1f%% (%,d of %,d)", 100 * share.value(), share.right(), share.all());
    }

    private void line(String label, String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, "%-14s %s%n", label, String.format(Locale.ROOT, format, arguments)));
    }
}
