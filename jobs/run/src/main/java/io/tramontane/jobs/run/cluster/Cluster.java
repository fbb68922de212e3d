package io.tramontane.jobs.run.cluster;

import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.run.cluster.ClusterProcess.Kind;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.kafka.topics.TopicAdmin;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The processes of one run on this machine: a Kafka broker (unless the user has brokers), ZooKeeper, a JobManager,
 * TaskManagers and generators. Whatever of them has died is started again by another {@link #up}; {@link #down} ends
 * those that this cluster started and no other.
 *
 * <p>Used by one thread of one process at a time.
 */
public final class Cluster {

    /** By name: the command line knows the cluster and not the other way round. */
    private static final String ENTRY_POINT = "io.tramontane.jobs.cli.Tramontane";

    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration WAIT = Duration.ofMillis(100);

    /**
     * One process as it is now.
     *
     * @param handle empty when it does not run
     */
    public record Status(ClusterProcess process, Optional<ProcessHandle> handle, Path log) {}

    private final ClusterDirectory directory;
    private final ClusterPlan plan;
    private final TramontaneConfig config;
    private final ProcessRegistry registry;
    private final FlinkProcesses flink;
    private final FlinkClient client;

    private Cluster(ClusterDirectory directory, ClusterPlan plan, TramontaneConfig config) {
        this.directory = directory;
        this.plan = plan;
        this.config = config;
        this.registry = new ProcessRegistry(directory.processes(), directory.logs());
        this.flink = new FlinkProcesses(directory, plan, config.flink(), config.metrics());
        this.client = new FlinkClient(flink.configuration());
    }

    /**
     * The cluster that serves a run.
     *
     * @param config the run's, with the addresses of the plan
     */
    public static Cluster of(ClusterDirectory directory, ClusterPlan plan, TramontaneConfig config) {
        return new Cluster(directory, plan, config);
    }

    public ClusterPlan plan() {
        return plan;
    }

    public ClusterDirectory directory() {
        return directory;
    }

    public TramontaneConfig config() {
        return config;
    }

    /** The JobManager's side of things. */
    public FlinkClient flink() {
        return client;
    }

    /**
     * Starts every process that does not run and waits until all of them are ready.
     *
     * @return the processes that were started
     * @throws RunFailure when one of them ends, or is not ready in time; the message names its log
     */
    public List<ClusterProcess> up() {
        flink.write();
        endSurplus();
        List<ClusterProcess> started = new ArrayList<>();
        for (ClusterProcess process : plan.processes()) {
            if (isRunning(process)) {
                continue;
            }
            if (process.kind() == Kind.JOB_MANAGER || process.kind() == Kind.GENERATOR) {
                // Topics are made once, before anyone looks for them.
                awaitBroker();
            }
            start(process);
            started.add(process);
        }
        awaitTaskManagers();
        return started;
    }

    /** What an earlier, larger plan has started. */
    private void endSurplus() {
        List<String> wanted =
                plan.processes().stream().map(ClusterProcess::name).toList();
        for (String name : registry.names()) {
            if (!wanted.contains(name)) {
                registry.find(name).ifPresent(surplus -> {
                    surplus.destroy();
                    awaitEnd(surplus);
                });
                registry.forget(name);
            }
        }
    }

    /** Memory that the process has in RAM; empty where the system does not tell. */
    public static Optional<Long> residentBytes(ProcessHandle process) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst();
        } catch (IOException | UncheckedIOException gone) {
            return Optional.empty();
        }
    }

    /** Flink's processes and ZooKeeper get what those of any cluster get, the others what this process has. */
    private String classPath(Kind kind) {
        return switch (kind) {
            case ZOOKEEPER, JOB_MANAGER, TASK_MANAGER ->
                ClusterLibraries.installed().linkInto(directory.libraries()).classPath();
            case BROKER, GENERATOR ->
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(entry -> Path.of(entry).toAbsolutePath().toString())
                        .collect(Collectors.joining(File.pathSeparator));
        };
    }

    public boolean isRunning(ClusterProcess process) {
        return registry.find(process.name()).isPresent();
    }

    /** The process if it runs. */
    public Optional<ProcessHandle> find(ClusterProcess process) {
        return registry.find(process.name());
    }

    /** Starts one process and does not wait for it. */
    public ProcessHandle start(ClusterProcess process) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Dorg.apache.avro.SERIALIZABLE_PACKAGES=io.tramontane.schemas");
        command.add("-Dai.djl.offline=true");
        command.add("-Dfile.encoding=UTF-8");
        command.add("-Dlog.file=" + log(process).toAbsolutePath());
        String logging = System.getProperty("log4j2.configurationFile");
        if (logging != null) {
            command.add("-Dlog4j2.configurationFile=" + logging);
        }
        command.addAll(List.of("-cp", classPath(process.kind())));
        command.addAll(
                switch (process.kind()) {
                    case ZOOKEEPER -> flink.zooKeeper();
                    case BROKER -> broker();
                    case JOB_MANAGER -> flink.jobManager();
                    case TASK_MANAGER ->
                        flink.taskManager(
                                process.name() + "-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX));
                    case GENERATOR -> generator(process);
                });
        return registry.start(process.name(), command, Map.of());
    }

    private List<String> broker() {
        return List.of(
                "-Xmx512m",
                ENTRY_POINT,
                "broker",
                "--directory",
                directory.run().kafka().toString(),
                "--port",
                Integer.toString(plan.brokerPort()));
    }

    private List<String> generator(ClusterProcess process) {
        return List.of(
                "-Xmx512m",
                ENTRY_POINT,
                "generate",
                "--config",
                directory.run().configuration().toString(),
                "--policy",
                directory.run().basePolicy().toString(),
                "--generator-id",
                process.name());
    }

    private Path log(ClusterProcess process) {
        return directory.logs().resolve(process.name() + ".log");
    }

    private void awaitBroker() {
        if (plan.brokerPort() > 0) {
            ClusterProcess broker = new ClusterProcess(Kind.BROKER, 1);
            await(broker, () -> TopicAdmin.reachable(config.kafka(), Duration.ofSeconds(2)));
        }
        try (TopicAdmin topics = new TopicAdmin(config.kafka())) {
            topics.createMissing(directory.run().id());
        }
    }

    private void awaitTaskManagers() {
        await(
                new ClusterProcess(Kind.JOB_MANAGER, 1),
                () -> client.taskManagers()
                        .filter(count -> count >= plan.taskManagers())
                        .isPresent());
    }

    private void await(ClusterProcess process, BooleanSupplier ready) {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!ready.getAsBoolean()) {
            requireRunning();
            if (System.nanoTime() > deadline) {
                throw new RunFailure(process.name() + " was not ready within " + START_TIMEOUT.toSeconds()
                        + " s; its log is " + log(process));
            }
            pause();
        }
    }

    private void requireRunning() {
        for (ClusterProcess process : plan.processes()) {
            if (registry.isKnown(process.name()) && !isRunning(process)) {
                throw new RunFailure(process.name() + " ended by itself; see " + log(process) + " and "
                        + registry.output(process.name()));
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(WAIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunFailure("interrupted while the cluster was waited for", e);
        }
    }

    /** Every process of the plan as it is now. */
    public List<Status> status() {
        return plan.processes().stream()
                .map(process -> new Status(process, find(process), log(process)))
                .toList();
    }

    /**
     * Ends every process that this cluster started: in order, and by force what does not end in time.
     *
     * @return the processes that were ended
     */
    public List<ClusterProcess> down() {
        List<ClusterProcess> ended = new ArrayList<>();
        List<ClusterProcess> processes = new ArrayList<>(plan.processes());
        Collections.reverse(processes);
        for (Kind kind : reversedKinds()) {
            List<ClusterProcess> ofKind = processes.stream()
                    .filter(process -> process.kind() == kind && isRunning(process))
                    .toList();
            List<ProcessHandle> handles =
                    ofKind.stream().flatMap(process -> find(process).stream()).toList();
            handles.forEach(ProcessHandle::destroy);
            handles.forEach(Cluster::awaitEnd);
            ended.addAll(ofKind);
        }
        processes.forEach(process -> registry.forget(process.name()));
        return ended;
    }

    private static List<Kind> reversedKinds() {
        List<Kind> kinds = new ArrayList<>(List.of(Kind.values()));
        Collections.reverse(kinds);
        return kinds;
    }

    private static void awaitEnd(ProcessHandle handle) {
        long deadline = System.nanoTime() + STOP_TIMEOUT.toNanos();
        while (handle.isAlive()) {
            if (System.nanoTime() > deadline) {
                handle.destroyForcibly();
            }
            pause();
        }
    }
}
