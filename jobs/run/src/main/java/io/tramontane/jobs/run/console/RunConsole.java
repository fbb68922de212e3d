package io.tramontane.jobs.run.console;

import io.tramontane.jobs.evaluation.Evaluation;
import io.tramontane.jobs.evaluation.periodic.PeriodicEvaluation;
import io.tramontane.jobs.generator.GeneratorStatistics;
import io.tramontane.pipeline.figures.StepFigure;
import io.tramontane.schemas.Step;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a person sees of a run: one line a fact, and one live line that is rewritten on a terminal and printed now and
 * then elsewhere. Used by one thread.
 */
public final class RunConsole {

    private static final long TERMINAL_NANOS = Duration.ofMillis(200).toNanos();
    private static final long FILE_NANOS = Duration.ofSeconds(5).toNanos();
    private static final String ERASE_TO_END = "\u001B[K";

    private final PrintStream out;
    private final int columns;
    private long lastLive = System.nanoTime() - FILE_NANOS;
    private boolean liveOpen;

    /** @param columns of the terminal behind {@code out}; 0 when there is none, so that no line can be rewritten */
    public RunConsole(PrintStream out, int columns) {
        this.out = out;
        this.columns = columns;
    }

    /** A fact with its label, on a line of its own. */
    public void say(String label, String format, Object... arguments) {
        endLive();
        out.printf(Locale.ROOT, "%-14s %s%n", label, String.format(Locale.ROOT, format, arguments));
        out.flush();
    }

    /** Text as it is. */
    public void print(String text) {
        endLive();
        out.print(text);
        out.flush();
    }

    /** Progress of the warm-up. */
    public void warmUp(int step, int steps, double loss) {
        supervised("warm-up", step, steps, loss);
    }

    /** Progress of fine-tuning on another run's completions. */
    public void coldStart(int step, int steps, double loss) {
        supervised("cold start", step, steps, loss);
    }

    private void supervised(String label, int step, int steps, double loss) {
        live(step == steps, String.format(Locale.ROOT, "%-14s step %d/%d  loss %.3f", label, step, steps, loss));
    }

    /** Progress of anything that is counted. */
    public void progress(String label, int done, int of) {
        live(done == of, String.format(Locale.ROOT, "%-14s %,d/%,d", label, done, of));
    }

    /**
     * Progress of training.
     *
     * @param begun number of the step after which the run began: 0, or that of the fork
     * @param stages of the curriculum; 0 without one
     * @param generator empty when generators are processes of their own
     */
    public void step(
            Step step,
            long begun,
            long steps,
            int stages,
            double elapsedSeconds,
            Optional<GeneratorStatistics> generator) {
        Map<String, Double> metrics = step.getMetrics();
        String speed = generator
                .map(statistics -> String.format(
                        Locale.ROOT, "  %,.0f tokens/s", statistics.tokens() / Math.max(statistics.seconds(), 1e-9)))
                .orElse("");
        double remaining = elapsedSeconds / (step.getStep() - begun) * (steps - step.getStep());
        live(
                step.getStep() == steps,
                String.format(
                        Locale.ROOT,
                        "step %4d/%d%s  reward %.2f  accuracy %3.0f%%  language %3.0f%%  length %.0f  lag %.1f"
                                + "%s  ETA %s",
                        step.getStep(),
                        steps,
                        stage(step, stages),
                        StepFigure.REWARD_MEAN.of(step),
                        100 * StepFigure.ACCURACY.of(step),
                        100 * StepFigure.LANGUAGE_CONSISTENCY.of(step),
                        StepFigure.LENGTH_MEAN.of(step),
                        StepFigure.LAG_MEAN.of(step),
                        speed,
                        minutes(remaining)));
    }

    private static String stage(Step step, int stages) {
        double stage = StepFigure.STAGE.of(step);
        return stages == 0 || Double.isNaN(stage) ? "" : String.format(Locale.ROOT, "  stage %.0f/%d", stage, stages);
    }

    /** What the policy scored on held-out problems while it is trained. */
    public void evaluation(PeriodicEvaluation measured) {
        Evaluation evaluation = measured.evaluation();
        say(
                "held out",
                "step %d%s  pass@1 %s [%s, %s]  language %s  %.1f tokens  (%,d completions)",
                measured.step(),
                measured.step() == measured.dueStep() ? "" : " for " + measured.dueStep(),
                percent(evaluation.passAt1()),
                percent(evaluation.confidenceLow()),
                percent(evaluation.confidenceHigh()),
                percent(evaluation.languageConsistency()),
                evaluation.meanTokens(),
                evaluation.completions());
    }

    private void live(boolean last, String line) {
        long now = System.nanoTime();
        if (!last && now - lastLive < (columns > 0 ? TERMINAL_NANOS : FILE_NANOS)) {
            return;
        }
        lastLive = now;
        if (columns > 0) {
            // A line that wraps could not be rewritten.
            out.print("\r" + line.substring(0, Math.min(line.length(), columns - 1)) + ERASE_TO_END);
            liveOpen = true;
            if (last) {
                endLive();
            }
        } else {
            out.println(line);
        }
        out.flush();
    }

    private void endLive() {
        if (liveOpen) {
            out.println();
            liveOpen = false;
        }
    }

    /** Base against trained. */
    public void result(Evaluation base, Evaluation trained) {
        String row = "%-10s %9s %19s %10s %9s%n";
        StringBuilder table = new StringBuilder();
        table.append(String.format(
                Locale.ROOT,
                "%nHeld-out problems: %,d, %,d completions each policy, temperature %.1f, %.0f%% confidence intervals%n%n",
                trained.problems(),
                trained.completions(),
                trained.temperature(),
                100 * trained.confidence()));
        table.append(String.format(Locale.ROOT, row, "policy", "pass@1", "interval", "language", "tokens"));
        table.append(line(row, "base", base));
        table.append(line(row, "trained", trained));
        table.append(String.format(
                Locale.ROOT,
                "%-10s %+9.1f %19s %+10.1f%n",
                "gain",
                100 * (trained.passAt1() - base.passAt1()),
                "points",
                100 * (trained.languageConsistency() - base.languageConsistency())));
        print(table.append(System.lineSeparator()).toString());
    }

    private static String line(String row, String name, Evaluation evaluation) {
        return String.format(
                Locale.ROOT,
                row,
                name,
                percent(evaluation.passAt1()),
                "[" + percent(evaluation.confidenceLow()) + ", " + percent(evaluation.confidenceHigh()) + "]",
                percent(evaluation.languageConsistency()),
                String.format(Locale.ROOT, "%.1f", evaluation.meanTokens()));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", 100 * share);
    }

    private static String minutes(double seconds) {
        long rounded = Math.round(seconds);
        return String.format(Locale.ROOT, "%d:%02d", rounded / 60, rounded % 60);
    }
}
