package io.tramontane.jobs.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A ledger's report as text for a terminal. */
public final class LedgerTable {

    private static final String STATE = "%-26s %12s %8s %8s %6s %6s %6s%n";
    private static final String LENGTH = "%-26s %12s %9s %9s %8s  %s%n";

    private final LedgerReport report;
    private final double lengthThreshold;
    private final StringBuilder text = new StringBuilder();

    private LedgerTable(LedgerReport report, double lengthThreshold) {
        this.report = report;
        this.lengthThreshold = lengthThreshold;
    }

    /**
     * The whole report.
     *
     * @param lengthThreshold shift of the lengths above which a part is said to part, in [0, 1]
     * @param now milliseconds since the epoch
     */
    public static String of(LedgerReport report, double lengthThreshold, long now) {
        var table = new LedgerTable(report, lengthThreshold);
        table.states(now);
        table.lengths();
        table.weights();
        table.verdict();
        return table.text.toString();
    }

    private void line(String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments));
    }

    private void states(long now) {
        line(STATE, "completions", "", "share", "tokens", "10%", "50%", "90%");
        for (Map.Entry<CompletionState, LengthDistribution> entry :
                report.states().entrySet()) {
            LengthDistribution lengths = entry.getValue();
            if (lengths.total() > 0 || entry.getKey() == CompletionState.TRAINED) {
                row(entry.getKey().label(), lengths);
            }
        }
        LengthDistribution all =
                report.states().values().stream().reduce(new LengthDistribution(), LengthDistribution::plus);
        row("all", all);
        List<String> beside = new ArrayList<>();
        beside.add(
                String.format(Locale.ROOT, "%,d duplicates", report.deliveries().duplicates()));
        beside.add(String.format(
                Locale.ROOT,
                "%,d unreadable with dead letters",
                report.deliveries().unreadable()));
        if (report.deliveries().pendingUnreadable() > 0) {
            beside.add(String.format(
                    Locale.ROOT,
                    "%,d unreadable not yet read",
                    report.deliveries().pendingUnreadable()));
        }
        line(
                "%,d deliveries = %,d completions + %s%n",
                report.deliveries().all(), report.completions(), String.join(" + ", beside));
        report.oldestOpen()
                .ifPresent(at -> line(
                        "oldest open completion: %,d s%n",
                        Duration.ofMillis(now - at).toSeconds()));
        if (report.training().undoneOutcomes() > 0) {
            line(
                    "%,d outcomes were undone by a restart and count for nothing%n",
                    report.training().undoneOutcomes());
        }
        if (report.deliveries().deadLettersElsewhere() > 0) {
            line("%,d dead letters of other topics%n", report.deliveries().deadLettersElsewhere());
        }
    }

    private void row(String label, LengthDistribution lengths) {
        line(
                STATE,
                label,
                String.format(Locale.ROOT, "%,d", lengths.total()),
                String.format(Locale.ROOT, "%.1f%%", 100.0 * lengths.total() / Math.max(1, report.completions())),
                String.format(Locale.ROOT, "%.1f", lengths.mean()),
                lengths.quantile(0.1),
                lengths.quantile(0.5),
                lengths.quantile(0.9));
    }

    private void lengths() {
        if (report.comparisons().isEmpty()) {
            line("%nlengths: too few completions were dropped to compare%n");
            return;
        }
        line("%n" + LENGTH, "lengths, against the rest", "", "distance", "p", "shift", "");
        report.comparisons()
                .forEach(comparison -> line(
                        LENGTH,
                        comparison.what(),
                        String.format(Locale.ROOT, "%,d", comparison.completions()),
                        String.format(Locale.ROOT, "%.3f", comparison.distance()),
                        String.format(Locale.ROOT, "%.1e", comparison.probability()),
                        String.format(Locale.ROOT, "%.4f", comparison.shift()),
                        verdict(comparison)));
        line(
                "shift: how far dropping them moves the lengths (Kolmogorov-Smirnov); above %.3f they part. What must not"
                        + " part is stale%nand incomplete, which the loop chooses; zero-variance follows difficulty, and"
                        + " difficulty goes along with length.%n",
                lengthThreshold);
    }

    private String verdict(LengthComparison comparison) {
        if (!comparison.parts(lengthThreshold)) {
            return "no bias";
        }
        return comparison.mechanism() ? "PARTS: the loop favours some lengths" : "parts";
    }

    private void weights() {
        line(
                "%n%,d steps, each on the weights of the one before; %,d announced versions have the hash of their step;"
                        + " trainer started %,d times%n",
                report.training().steps(),
                report.training().comparedVersions(),
                report.training().incarnations());
        line("(that the weights are what the steps make of them, bit for bit: tramontane replay FOLDER --training)%n");
    }

    private void verdict() {
        line("%n");
        if (report.clean()) {
            line(
                    "clean: %,d trained once, %,d dropped for one reason, %,d open, none lost, none twice (%.1f s)%n",
                    report.count(CompletionState.TRAINED),
                    report.completions() - report.open() - report.count(CompletionState.TRAINED),
                    report.open(),
                    report.seconds());
            return;
        }
        report.violations().counts().forEach((kind, count) -> {
            line("%,d x %s%n", count, kind.meaning());
            report.violations().first().stream()
                    .filter(violation -> violation.kind() == kind)
                    .limit(5)
                    .forEach(violation -> line("    %s: %s%n", violation.subject(), violation.detail()));
        });
    }
}
