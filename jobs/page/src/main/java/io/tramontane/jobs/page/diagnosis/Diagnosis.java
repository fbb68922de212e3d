package io.tramontane.jobs.page.diagnosis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Says from the figures of a pipeline why it is stuck, or which part sets its pace.
 *
 * <p>The rules stand in the order of the loop, upstream first and what all depend on before that: a silent broker stops
 * generators too, and a verifier that hangs leaves the trainer without work. So the first rule that holds names the
 * cause, and what follows are its consequences.
 */
public final class Diagnosis {

    /** Shorter gaps are ordinary: a checkpoint, a pause of the garbage collector, a batch that fills. */
    private static final double QUIET_SECONDS = 3;
    /** A generator that has work and sends nothing for so long is taken for dead or hanging. */
    private static final double GENERATOR_SILENT_SECONDS = 30;

    private static final double STALE_SHARE = 0.5;
    private static final long STALE_COMPLETIONS = 16;
    private static final double BUSY_SHARE = 0.8;
    private static final double NO_STEP_SECONDS = 5;
    /** Fewer are on their way in any run. */
    private static final long SLOW_QUEUE = 64;

    private static final long QUEUED_SECONDS = 5;

    private final PipelineFigures figures;

    private Diagnosis(PipelineFigures figures) {
        this.figures = figures;
    }

    /** The findings, the cause first; one at least. */
    public static List<Finding> of(PipelineFigures figures) {
        Diagnosis diagnosis = new Diagnosis(figures);
        List<Finding> findings = new ArrayList<>();
        diagnosis.finished().or(diagnosis::broker).ifPresent(findings::add);
        if (findings.isEmpty()) {
            diagnosis.job().ifPresent(findings::add);
            diagnosis.verifiers().ifPresent(findings::add);
            diagnosis.stale().ifPresent(findings::add);
            diagnosis.generators().ifPresent(findings::add);
            diagnosis.straggler().ifPresent(findings::add);
            diagnosis.scoring().ifPresent(findings::add);
            diagnosis.trainer().ifPresent(findings::add);
        }
        if (findings.isEmpty()) {
            findings.add(diagnosis.pace());
        }
        // Stable: of two findings that are equally bad the one upstream stays first.
        findings.sort(Comparator.comparing(finding -> finding.cause().severity()));
        return findings;
    }

    private Optional<Finding> finished() {
        return figures.training().steps() > 0
                        && figures.training().step() >= figures.training().steps()
                ? found(
                        Cause.FINISHED,
                        "",
                        "step",
                        "all %,d steps are made",
                        figures.training().steps())
                : Optional.empty();
    }

    private Optional<Finding> broker() {
        return figures.brokerSilentSeconds() > 0
                ? found(
                        Cause.BROKER_SILENT,
                        "Look at the broker's log and at kafka.bootstrap-servers; the run goes on by itself when it"
                                + " answers again.",
                        "brokerSilentSeconds",
                        "no Kafka broker has answered for %.0f s",
                        Math.max(1, figures.brokerSilentSeconds()))
                : Optional.empty();
    }

    private Optional<Finding> job() {
        return figures.jobState()
                .filter(state -> !state.equals("RUNNING"))
                .flatMap(state -> found(
                        Cause.JOB_NOT_RUNNING,
                        "The Flink UI shows its exceptions.",
                        "jobState",
                        "the Flink job is %s",
                        state));
    }

    private Optional<Finding> generators() {
        if (figures.generation().promptsOpen() == 0
                || figures.generation().secondsWithoutCompletion() < QUIET_SECONDS) {
            return Optional.empty();
        }
        if (figures.generation().generators().isPresent()
                && figures.generation().generators().getAsInt() == 0) {
            return found(
                    Cause.NO_GENERATOR,
                    "Start one: ./tramontane generate.",
                    "generators",
                    "no generator is asking for prompts: %,d wait, and no completion has come for %.0f s",
                    figures.generation().promptsOpen(),
                    figures.generation().secondsWithoutCompletion());
        }
        return figures.generation().secondsWithoutCompletion() < GENERATOR_SILENT_SECONDS
                ? Optional.empty()
                : found(
                        Cause.GENERATORS_SILENT,
                        "A generator hangs or was killed; its prompts go to others when its leases run out.",
                        "secondsWithoutCompletion",
                        "generators hold %,d prompts, and no completion has come for %.0f s",
                        figures.generation().promptsOpen(),
                        figures.generation().secondsWithoutCompletion());
    }

    private Optional<Finding> verifiers() {
        Optional<VerifierQueue> fullest = figures.scoring().verifiers().stream()
                .filter(queue -> queue.waiting() + queue.overdue() > 0)
                .max(Comparator.comparingLong(VerifierQueue::overdue).thenComparingLong(VerifierQueue::waiting));
        boolean passesNothing =
                figures.scoring().held().orElse(0) > 0 && figures.scoring().secondsWithoutScore() >= QUIET_SECONDS;
        boolean overdue = fullest.filter(queue -> queue.overdue() > 0).isPresent();
        if (!passesNothing && !overdue) {
            return Optional.empty();
        }
        double oldest = fullest.map(VerifierQueue::oldestSeconds).orElse(Double.NaN);
        return found(
                Cause.VERIFIER_HANGS,
                "pipeline.scoring bounds how long a verifier may take and how many of its threads may hang.",
                fullest.map(queue -> "pool." + queue.name() + (overdue ? ".overdueThreads" : ".waiting"))
                        .orElse("scoringHeld"),
                "verifier '%s' holds %,d completions%s%s",
                fullest.map(VerifierQueue::name).orElse("unknown"),
                Math.max(
                        figures.scoring().held().orElse(0),
                        fullest.map(VerifierQueue::waiting).orElse(0L)),
                overdue
                        ? String.format(
                                Locale.ROOT,
                                " with %,d of its threads beyond their deadline",
                                fullest.get().overdue())
                        : "",
                passesNothing || !Double.isNaN(oldest)
                        ? String.format(
                                Locale.ROOT,
                                ", the oldest for %.0f s",
                                Double.isNaN(oldest) ? figures.scoring().secondsWithoutScore() : oldest)
                        : "");
    }

    private Optional<Finding> stale() {
        Endings recent = figures.recent();
        return recent.all() >= STALE_COMPLETIONS && recent.staleShare() >= STALE_SHARE
                ? found(
                        Cause.STALE_DROPS,
                        "Allow more lag (pipeline.staleness.maximum-lag), or keep fewer groups in flight"
                                + " (pipeline.scheduling.maximum-groups-in-flight); see that generators adopt new weights.",
                        "staleCompletions",
                        "%.0f%% of completions are dropped as stale (%,d of %,d in %.0f s)",
                        100 * recent.staleShare(),
                        recent.stale(),
                        recent.all(),
                        recent.seconds())
                : Optional.empty();
    }

    private Optional<Finding> straggler() {
        return figures.straggler()
                .flatMap(straggler -> found(
                        Cause.STRAGGLERS,
                        "pipeline.grouping.deadline says when its missing samples are asked for again.",
                        "oldestGroupAgeMilliseconds",
                        "group %s waits for %d of %d samples since %.0f s",
                        straggler.groupId(),
                        straggler.missing(),
                        straggler.size(),
                        straggler.seconds()));
    }

    private Optional<Finding> trainer() {
        long waiting = figures.training().waitingMicroBatches().orElse(0);
        boolean busy = figures.training().busyShare() >= BUSY_SHARE;
        boolean tooLong = waiting > 0 && figures.training().secondsWithoutStep() >= NO_STEP_SECONDS;
        if (!busy && !tooLong) {
            return Optional.empty();
        }
        return found(
                Cause.TRAINER_SLOW,
                "",
                figures.training().waitingMicroBatches().isPresent() ? "waitingMicroBatches" : "stepSeconds",
                "the trainer is the slowest part: %s%s",
                waiting > 0 ? String.format(Locale.ROOT, "%,d micro-batches wait", waiting) : "it computes",
                busy && !tooLong
                        ? String.format(
                                Locale.ROOT,
                                "%s %.0f%% of the time",
                                waiting > 0 ? ", it computes" : "",
                                100 * figures.training().busyShare())
                        : String.format(
                                Locale.ROOT,
                                ", its step takes %.0f s so far",
                                figures.training().secondsWithoutStep()));
    }

    /** Verifiers that work, and have more before them than they do in a few seconds. */
    private Optional<Finding> scoring() {
        double fewSeconds =
                Math.max(SLOW_QUEUE, QUEUED_SECONDS * figures.generation().completionsPerSecond());
        Optional<VerifierQueue> slow = figures.scoring().verifiers().stream()
                .filter(queue -> queue.waiting() > fewSeconds)
                .max(Comparator.comparingLong(VerifierQueue::waiting));
        if (slow.isPresent()) {
            return found(
                    Cause.SCORING_SLOW,
                    "More threads (pipeline.scoring) or more subtasks (flink.parallelism) grade faster.",
                    "pool." + slow.get().name() + ".waiting",
                    "scoring is the slowest part: %,d completions wait for verifier '%s'",
                    slow.get().waiting(),
                    slow.get().name());
        }
        return figures.generation().completionsPerSecond() > 0
                        && figures.scoring().completionsUnread() > fewSeconds
                ? found(
                        Cause.SCORING_SLOW,
                        "More subtasks (flink.parallelism) read and grade faster.",
                        "completionsUnread",
                        "scoring is the slowest part: %,d completions wait to be read",
                        figures.scoring().completionsUnread())
                : Optional.empty();
    }

    private Finding pace() {
        if (figures.training().step() == 0
                && figures.generation().promptsOpen() == 0
                && figures.generation().completionsPerSecond() == 0) {
            return found(Cause.NOT_STARTED, "", "step", "no prompt has been written yet")
                    .orElseThrow();
        }
        if (figures.generation().secondsWithoutCompletion() >= QUIET_SECONDS) {
            return found(
                            Cause.GENERATORS_SLOW,
                            "",
                            "secondsWithoutCompletion",
                            "the generators are the slowest part: no completion has come for %.0f s",
                            figures.generation().secondsWithoutCompletion())
                    .orElseThrow();
        }
        return found(
                        Cause.GENERATORS_SLOW,
                        "",
                        "completionsPerSecond",
                        "all parts work; the generators set the pace with %,.0f completions/s",
                        figures.generation().completionsPerSecond())
                .orElseThrow();
    }

    private static Optional<Finding> found(
            Cause cause, String advice, String metric, String format, Object... arguments) {
        return Optional.of(new Finding(cause, String.format(Locale.ROOT, format, arguments), advice, metric));
    }
}
