package io.tramontane.jobs.page.comparison;

import io.tramontane.jobs.evaluation.EvaluationReport;
import io.tramontane.jobs.evaluation.EvaluationRow;
import java.util.Locale;

/**
 * What a small policy scores when it learns from a larger one, by reinforcement, or by both, beside what Magistral
 * reports of its small model on AIME-24 (§5.3).
 */
public final class ColdStartTable {

    /** How a policy came about. */
    public enum Way {
        SMALL("small", "-"),
        FINE_TUNED("SFT", "65.4"),
        REINFORCED("RL", "65.8"),
        BOTH("SFT+RL", "70.7");

        private final String label;
        private final String reported;

        Way(String label, String reported) {
            this.label = label;
            this.reported = reported;
        }
    }

    private static final String LINE = "%-10s %8s %18s %9s %8s   %s%n";

    private final StringBuilder text = new StringBuilder();

    /** @param first any of the evaluations that follow: all are made alike */
    public ColdStartTable(EvaluationReport first) {
        text.append(String.format(
                Locale.ROOT,
                "%nHeld-out problems: %,d, %,d completions each policy, temperature %.1f, %.0f%% confidence%n%n",
                first.all().problems(),
                first.all().completions(),
                first.sampling().temperature(),
                100 * first.sampling().confidence()));
        text.append(String.format(LINE, "policy", "pass@1", "interval", "language", "tokens", "Magistral, AIME-24"));
    }

    /** Adds a line. */
    public ColdStartTable add(Way way, EvaluationReport report) {
        EvaluationRow row = report.all();
        text.append(String.format(
                Locale.ROOT,
                LINE,
                way.label,
                percent(row.passAt1().value()),
                "[" + percent(row.passAt1().low()) + ", "
                        + percent(row.passAt1().high()) + "]",
                percent(row.languageConsistency()),
                String.format(Locale.ROOT, "%.1f", row.meanTokens()),
                way.reported));
        return this;
    }

    /** The lines so far. */
    public String render() {
        return text.toString();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", 100 * share);
    }
}
