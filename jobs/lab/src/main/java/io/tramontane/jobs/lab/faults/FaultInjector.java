package io.tramontane.jobs.lab.faults;

import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.run.cluster.Cluster;
import io.tramontane.jobs.run.cluster.ClusterProcess;
import io.tramontane.jobs.run.cluster.ClusterProcess.Kind;
import io.tramontane.kafka.KafkaSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Does to a cluster what a {@link FaultKind} says, and puts right what does not put itself right: a killed process is
 * started again, a frozen one goes on, a full disk gets room. Used by one thread.
 */
final class FaultInjector {

    /** Longer than the heartbeat's timeout of three seconds, and than a ZooKeeper session. */
    private static final Duration FROZEN = Duration.ofSeconds(8);

    /** How long checkpoints fail: several of them. */
    private static final Duration WITHOUT_CHECKPOINTS = Duration.ofSeconds(6);

    private static final Duration BEYOND_LEASE = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(50);

    /**
     * What was done.
     *
     * @param startedAt when it began, milliseconds since the epoch
     * @param endedAt when the cause was gone; for a kill, the kill itself
     * @param detail on what, for a person to read
     */
    record Injected(long startedAt, long endedAt, String detail) {}

    private final Cluster cluster;
    private final CheckpointDisk disk;
    private final TopicTampering topic;
    private final Duration leaseDuration;
    private final long seed;
    private int faults;

    FaultInjector(Cluster cluster, CheckpointDisk disk, long seed) {
        KafkaSettings kafka = cluster.config().kafka();
        this.cluster = cluster;
        this.disk = disk;
        this.topic = new TopicTampering(kafka, cluster.directory().run().id());
        this.leaseDuration = cluster.config().prompts().leaseDuration();
        this.seed = seed;
    }

    Injected inject(FaultKind kind) throws IOException, InterruptedException {
        faults++;
        return switch (kind) {
            // Started again later: on a machine of its own it would not take the processor from the one that takes
            // over.
            case TASK_MANAGER_KILLED -> kill(busyTaskManager());
            case JOB_MANAGER_KILLED -> restart(new ClusterProcess(Kind.JOB_MANAGER, 1));
            case GENERATOR_KILLED -> restart(someGenerator());
            case BROKER_KILLED -> restart(new ClusterProcess(Kind.BROKER, 1));
            case TASK_MANAGER_FROZEN -> freeze(busyTaskManager(), FROZEN);
            case JOB_MANAGER_FROZEN -> freeze(new ClusterProcess(Kind.JOB_MANAGER, 1), FROZEN);
            case GENERATOR_FROZEN -> freeze(someGenerator(), leaseDuration.plus(BEYOND_LEASE));
            case CHECKPOINT_FAILED -> lasting("its folder was gone", disk::takeAway, disk::bringBack);
            case CHECKPOINT_DISK_FULL -> lasting("no byte was free", disk::fill, disk::free);
            case COMPLETIONS_DUPLICATED -> at(() -> topic.deliverAgain() + " records delivered again");
            case RECORDS_CORRUPTED -> at(() -> topic.writeCorrupted(seed + faults) + " records written");
        };
    }

    private Injected kill(ClusterProcess process) throws InterruptedException {
        ProcessHandle handle = running(process);
        long startedAt = System.currentTimeMillis();
        handle.destroyForcibly();
        while (handle.isAlive()) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return new Injected(startedAt, startedAt, process.name());
    }

    private Injected restart(ClusterProcess process) throws InterruptedException {
        Injected killed = kill(process);
        cluster.start(process);
        return killed;
    }

    private Injected freeze(ClusterProcess process, Duration duration) throws IOException, InterruptedException {
        ProcessHandle handle = running(process);
        return lasting(
                process.name() + " for " + duration.toSeconds() + " s",
                () -> signal(handle, "STOP"),
                () -> signal(handle, "CONT"),
                duration);
    }

    @FunctionalInterface
    private interface Action {
        void run() throws IOException, InterruptedException;
    }

    private static Injected lasting(String detail, Action begin, Action end) throws IOException, InterruptedException {
        return lasting(detail, begin, end, WITHOUT_CHECKPOINTS);
    }

    private static Injected lasting(String detail, Action begin, Action end, Duration duration)
            throws IOException, InterruptedException {
        long startedAt = System.currentTimeMillis();
        begin.run();
        try {
            TimeUnit.MILLISECONDS.sleep(duration.toMillis());
        } finally {
            end.run();
        }
        return new Injected(startedAt, System.currentTimeMillis(), detail);
    }

    @FunctionalInterface
    private interface Deed {
        String run();
    }

    private static Injected at(Deed deed) {
        long startedAt = System.currentTimeMillis();
        String detail = deed.run();
        return new Injected(startedAt, System.currentTimeMillis(), detail);
    }

    /** One that holds a slot of the job. */
    private ClusterProcess busyTaskManager() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            for (String identity : cluster.flink().busyTaskManagers()) {
                for (ClusterProcess process : cluster.plan().processes()) {
                    if (identity.startsWith(process.name() + "-") && cluster.isRunning(process)) {
                        return process;
                    }
                }
            }
            TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
        }
        throw new RunFailure("no TaskManager runs the job");
    }

    private ClusterProcess someGenerator() {
        int generators = cluster.plan().generators();
        return new ClusterProcess(Kind.GENERATOR, 1 + faults % generators);
    }

    private ProcessHandle running(ClusterProcess process) {
        return cluster.find(process).orElseThrow(() -> new RunFailure(process.name() + " does not run"));
    }

    private static void signal(ProcessHandle process, String signal) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor();
        if (status != 0) {
            throw new RunFailure("process " + process.pid() + " could not be sent SIG" + signal);
        }
    }
}
