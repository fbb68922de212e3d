package io.tramontane.jobs.lab.faults;

import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.lab.faults.FaultInjector.Injected;
import io.tramontane.jobs.lab.faults.StepWatch.SeenStep;
import io.tramontane.jobs.ledger.Expectations;
import io.tramontane.jobs.ledger.Ledger;
import io.tramontane.jobs.ledger.LedgerReport;
import io.tramontane.jobs.replay.TrainingReplay;
import io.tramontane.jobs.replay.TrainingReplay.ReplayedStep;
import io.tramontane.jobs.run.cluster.Cluster;
import io.tramontane.jobs.run.cluster.ClusterTraining;
import io.tramontane.jobs.run.console.RunConsole;
import io.tramontane.kafka.KafkaSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A training run on a cluster of processes that has one fault after the other, and the proof that they did no damage:
 * the run goes on after each, its ledger is clean, and its recorded weights follow from its recorded groups.
 *
 * <p>Used by one thread.
 */
public final class FaultCampaign {

    private static final Duration FIRST_STEPS = Duration.ofMinutes(3);
    private static final Duration RECOVERY = Duration.ofMinutes(3);
    private static final int STEPS_BEFORE = 3;
    private static final int STEPS_BETWEEN = 2;

    private final Cluster cluster;
    private final RunDirectory directory;
    private final KafkaSettings kafka;
    private final RunConsole console;
    private final Path jar;
    private final long seed;
    private final Duration every;

    /**
     * @param cluster not up yet
     * @param jar the jar that holds the job's classes
     * @param every least time from one fault to the next; after each fault the run makes at least two steps
     */
    public FaultCampaign(Cluster cluster, Path jar, long seed, Duration every, RunConsole console) {
        this.cluster = cluster;
        this.directory = cluster.directory().run();
        this.kafka = cluster.config().kafka();
        this.jar = jar;
        this.seed = seed;
        this.every = every;
        this.console = console;
    }

    /**
     * Starts the cluster and the run, injects the faults, stops the run with a savepoint and looks at what is left. The
     * cluster stays up.
     *
     * @param plan faults in their order; those that this machine does not allow are left out with a word
     * @throws RunFailure when the run does not go on after a fault
     */
    public CampaignReport run(List<FaultKind> plan) throws IOException, InterruptedException {
        List<FaultResult> results = new ArrayList<>();
        List<SeenStep> steps;
        try (CheckpointDisk disk =
                CheckpointDisk.prepare(directory.checkpoints(), plan.contains(FaultKind.CHECKPOINT_DISK_FULL))) {
            cluster.up();
            ClusterTraining training = new ClusterTraining(cluster, console);
            training.submit(cluster.config(), jar);
            console.say("Flink UI", "%s", training.webAddress());
            try (StepWatch watch = new StepWatch(kafka, directory.id())) {
                watch.await(step -> step.step() >= STEPS_BEFORE, FIRST_STEPS)
                        .orElseThrow(() -> new RunFailure(
                                "the run made no steps within " + FIRST_STEPS.toMinutes() + " minutes; see the logs in "
                                        + cluster.directory().logs()));
                FaultInjector injector = new FaultInjector(cluster, disk, seed);
                long began = System.currentTimeMillis();
                for (FaultKind kind : plan) {
                    if (kind == FaultKind.CHECKPOINT_DISK_FULL && !disk.canBeFilled()) {
                        console.say("left out", "%s: no disk of its own may be mounted here", kind.title());
                        continue;
                    }
                    FaultResult result = inject(kind, injector, watch, began);
                    results.add(result);
                    console.say(
                            "fault",
                            "%2d/%d  %-24s %-36s next commit after %5.1f s%s",
                            results.size(),
                            plan.size(),
                            kind.title(),
                            result.detail(),
                            result.recoverySeconds(),
                            result.newIncarnation() ? ", restarted" : "");
                }
                console.say("stopping", "with a savepoint");
                training.stop();
                steps = settled(watch);
            }
        }
        LedgerReport ledger = new Ledger(kafka, directory.id(), Expectations.ofClosed()).audit();
        TrainingReplay.Result replay = replay();
        var report = new CampaignReport(
                results,
                steps.size(),
                steps.stream().mapToLong(SeenStep::incarnation).distinct().count(),
                TrainingTime.of(steps),
                ledger,
                replay.steps().size(),
                (int) replay.steps().stream().filter(ReplayedStep::identical).count());
        report.write(directory.root().resolve("faults.json"));
        return report;
    }

    private FaultResult inject(FaultKind kind, FaultInjector injector, StepWatch watch, long began)
            throws IOException, InterruptedException {
        long next = System.nanoTime() + every.toNanos();
        SeenStep before = watch.newest().orElseThrow();
        Injected injected = injector.inject(kind);
        SeenStep recovered = watch.await(
                        step -> step.finishedAt() > injected.endedAt()
                                && (!kind.restartsTheJob() || step.incarnation() > before.incarnation()),
                        RECOVERY)
                .orElseThrow(() -> new RunFailure("no step was committed within " + RECOVERY.toMinutes()
                        + " minutes after " + kind.title() + " (" + injected.detail() + "); see the logs in "
                        + cluster.directory().logs()));
        // Everything that was killed is there again, and the run has made something that the next fault may undo.
        cluster.up();
        watch.await(step -> step.step() >= recovered.step() + STEPS_BETWEEN, RECOVERY);
        long left = next - System.nanoTime();
        if (left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
        return new FaultResult(
                kind,
                (injected.startedAt() - began) / 1e3,
                injected.detail(),
                (injected.endedAt() - injected.startedAt()) / 1e3,
                (recovered.seenAt() - injected.endedAt()) / 1e3,
                recovered.incarnation() > before.incarnation());
    }

    /** The last checkpoint's steps become visible a moment after the job has ended. */
    private static List<SeenStep> settled(StepWatch watch) throws InterruptedException {
        List<SeenStep> steps;
        do {
            steps = watch.steps();
            int seen = steps.size();
            watch.await(step -> step.step() > seen, Duration.ofSeconds(2));
        } while (watch.steps().size() > steps.size());
        return steps;
    }

    private TrainingReplay.Result replay() throws IOException {
        console.say("replay", "of the training, from the topics");
        return new TrainingReplay(cluster.config(), directory)
                .run(kafka, directory.id(), Long.MAX_VALUE, (step, of) -> {
                    long number = step.recorded().getStep();
                    if (number % 100 == 0 || number == of) {
                        console.say(
                                "step", "%d/%d  weights %s", number, of, step.identical() ? "as recorded" : "differ");
                    }
                });
    }
}
