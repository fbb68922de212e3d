package io.tramontane.jobs.commands;

import io.tramontane.jobs.cli.ConfigOptions;
import io.tramontane.jobs.run.cluster.Cluster;
import io.tramontane.jobs.run.cluster.ClusterProcess;
import io.tramontane.jobs.run.cluster.ClusterTraining;
import io.tramontane.jobs.run.console.RunConsole;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A cluster of processes on this machine. */
@Command(
        name = "cluster",
        description = {
            "Kafka, ZooKeeper, a Flink JobManager, TaskManagers and generators of a run, each a process of its own on"
                    + " this machine.",
            "'up' starts what does not run, also after a crash; 'train --cluster FOLDER' submits the job."
        },
        subcommands = {ClusterCommand.Up.class, ClusterCommand.Show.class, ClusterCommand.Down.class},
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class ClusterCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static String names(List<ClusterProcess> processes) {
        return processes.isEmpty()
                ? "nothing"
                : processes.stream().map(ClusterProcess::name).collect(Collectors.joining(", "));
    }

    /** Starts processes. */
    @Command(
            name = "up",
            description = "Start the cluster of a run, or those of its processes that do not run.",
            mixinStandardHelpOptions = true)
    static final class Up implements Callable<Integer> {

        @Parameters(paramLabel = "FOLDER", description = "The run's folder, runs/<id>; made when missing.")
        private Path folder;

        @Mixin
        private ConfigOptions options = new ConfigOptions();

        @Option(
                names = "--task-managers",
                paramLabel = "N",
                description = "TaskManagers of one slot each (for a new cluster: flink.parallelism and one to spare).")
        private Integer taskManagers;

        @Option(names = "--generators", paramLabel = "N", description = "Generators (for a new cluster: 1).")
        private Integer generators;

        @Option(
                names = "--policy",
                paramLabel = "BASE",
                description =
                        "Folder of the base policy of a new run, in Hugging Face layout; else a warm-up makes it.")
        private Path policy;

        @Override
        public Integer call() throws IOException {
            RunConsole console = TerminalConsole.open();
            Cluster cluster = ClusterFolder.prepared(
                    folder, Map.of(), options, Optional.ofNullable(taskManagers), Optional.ofNullable(generators));
            console.say("run", "%s", folder);
            ClusterFolder.makeBasePolicy(cluster, Optional.ofNullable(policy), console);
            console.say("started", "%s", names(cluster.up()));
            console.say("Kafka", "%s", cluster.config().kafka().bootstrapServers());
            console.say("Flink UI", "%s", cluster.flink().webAddress());
            console.say("next", "./tramontane train --cluster %s", folder);
            return 0;
        }
    }

    /** Lists processes. */
    @Command(
            name = "status",
            description = "List the processes of a run's cluster; exits with 1 when one of them does not run.",
            mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {

        private static final String LINE = "%-16s %-9s %8s %9s %9s  %s%n";

        @Parameters(paramLabel = "FOLDER", description = "The run's folder, runs/<id>.")
        private Path folder;

        @Mixin
        private ConfigOptions options = new ConfigOptions();

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            Cluster cluster = ClusterFolder.existing(folder, options);
            PrintWriter out = spec.commandLine().getOut();
            out.printf(LINE, "process", "state", "pid", "up", "memory", "log");
            List<Cluster.Status> all = cluster.status();
            all.forEach(status -> print(out, status));
            String job = new ClusterTraining(cluster, TerminalConsole.open())
                    .status()
                    .map(Enum::name)
                    .orElse("none");
            out.printf("%nKafka     %s%n", cluster.config().kafka().bootstrapServers());
            out.printf("Flink UI  %s%njob       %s%n", cluster.flink().webAddress(), job);
            out.flush();
            return all.stream().allMatch(status -> status.handle().isPresent()) ? 0 : 1;
        }

        private static void print(PrintWriter out, Cluster.Status status) {
            String name = status.process().name();
            if (status.handle().isEmpty()) {
                out.printf(LINE, name, "down", "", "", "", status.log());
                return;
            }
            ProcessHandle process = status.handle().get();
            out.printf(
                    LINE,
                    name,
                    "running",
                    process.pid(),
                    process.info().startInstant().map(Show::age).orElse(""),
                    Cluster.residentBytes(process)
                            .map(bytes -> (bytes >> 20) + " MiB")
                            .orElse(""),
                    status.log());
        }

        private static String age(Instant since) {
            Duration age = Duration.between(since, Instant.now());
            return age.toHours() > 0
                    ? age.toHours() + "h" + age.toMinutesPart() + "m"
                    : age.toMinutes() + "m" + age.toSecondsPart() + "s";
        }
    }

    /** Ends processes. */
    @Command(
            name = "down",
            description = {
                "End the processes of a run's cluster, and no others.",
                "A job that runs goes on from its last checkpoint after the next 'up'; 'train --stop' ends it before."
            },
            mixinStandardHelpOptions = true)
    static final class Down implements Callable<Integer> {

        @Parameters(paramLabel = "FOLDER", description = "The run's folder, runs/<id>.")
        private Path folder;

        @Mixin
        private ConfigOptions options = new ConfigOptions();

        @Override
        public Integer call() {
            Cluster cluster = ClusterFolder.existing(folder, options);
            TerminalConsole.open().say("ended", "%s", names(cluster.down()));
            return 0;
        }
    }
}
