package io.tramontane.jobs.commands;

import io.tramontane.jobs.cli.ConfigOptions;
import io.tramontane.jobs.kernel.config.ConfigLoader;
import io.tramontane.jobs.kernel.files.DirectoryTree;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.kernel.folder.RunSettings;
import io.tramontane.jobs.lab.throughput.MemoryRun;
import io.tramontane.jobs.lab.throughput.ThroughputBenchmark;
import io.tramontane.jobs.lab.throughput.ThroughputBenchmark.Plan;
import io.tramontane.jobs.lab.throughput.ThroughputBenchmark.Round;
import io.tramontane.jobs.run.config.TramontaneConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures the dataflow from completions to groups. */
@Command(
        name = "throughput",
        description = "From the completions topic to the groups topic without training, against a consumer that only"
                + " polls the same completions.",
        mixinStandardHelpOptions = true)
final class BenchThroughputCommand implements Callable<Integer> {

    private static final int GROUP_SIZE = 16;

    /** The reward that costs next to nothing, so that what is measured is the dataflow. */
    private static final List<String> FORMAT_ONLY =
            List.of("reward.correctness.enabled=false", "reward.length.enabled=false", "reward.language.enabled=false");

    @Option(
            names = "--completions",
            paramLabel = "N",
            defaultValue = "480000",
            description = "Completions of about 2 KB in a pass (default: ${DEFAULT-VALUE}).")
    private long completions;

    @Option(
            names = "--open-groups",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Groups of 16 that are open at any time (default: ${DEFAULT-VALUE}).")
    private int openGroups;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Pairs of passes (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--memory",
            description = "Send the completions through once, as they are produced, and watch the memory instead.")
    private boolean memory;

    @Option(
            names = "--full-reward",
            description = "Score with the configured reward; without it only the format is graded.")
    private boolean fullReward;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (completions < GROUP_SIZE || openGroups < 1 || rounds < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--completions must be at least 16, --open-groups and --rounds at least 1");
        }
        if (memory && completions < MemoryRun.FEWEST_COMPLETIONS) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--memory needs --completions " + MemoryRun.FEWEST_COMPLETIONS
                            + " or more: with fewer, what the job remembers still grows when the warm-up is over");
        }
        Path temporary = Files.createTempDirectory("tramontane-bench");
        try {
            ConfigLoader<TramontaneConfig> loader = TramontaneConfig.loader();
            if (!fullReward) {
                FORMAT_ONLY.forEach(loader::set);
            }
            TramontaneConfig loaded = options.applyTo(loader).load();
            TramontaneConfig config = loaded.withRun(new RunSettings(
                    "bench-" + RunFolder.nameFromTime(), loaded.run().seed(), temporary));
            RunDirectory directory = RunFolder.create(config);
            Plan plan = new Plan(completions / GROUP_SIZE, openGroups, rounds);
            if (memory) {
                return watchMemory(config, directory, plan);
            }
            List<Round> measured = new ThroughputBenchmark(config, directory, plan).run(config.reward(), this::print);
            line(
                    "median",
                    "%.3f of the raw consumer (%,.0f of %,.0f completions/s)",
                    median(measured.stream().mapToDouble(Round::ratio).toArray()),
                    median(measured.stream().mapToDouble(Round::dataflow).toArray()),
                    median(measured.stream().mapToDouble(Round::raw).toArray()));
            line(
                    "bare copy",
                    "%.3f of the raw consumer (%,.0f completions/s): read, and written again in a transaction",
                    median(measured.stream().mapToDouble(Round::copyRatio).toArray()),
                    median(measured.stream().mapToDouble(Round::copy).toArray()));
            return 0;
        } finally {
            DirectoryTree.deleteIfPresent(temporary);
        }
    }

    /** 1 when any of the figures has grown. */
    private int watchMemory(TramontaneConfig config, RunDirectory directory, Plan plan)
            throws IOException, InterruptedException {
        List<MemoryRun.Course> courses =
                new MemoryRun(config, directory, plan).run(sample -> line("memory", "%s", sample));
        courses.forEach(course -> line(
                course.name(),
                "%s: %,d after the warm-up, %,d at the end",
                course.flat() ? "flat" : "NOT FLAT",
                course.early(),
                course.late()));
        return courses.stream().allMatch(MemoryRun.Course::flat) ? 0 : 1;
    }

    private void print(Round round) {
        line(
                "round",
                "%.3f: dataflow %,.0f completions/s (%.0f MB/s), raw consumer %,.0f (%.0f MB/s), bare copy %,.0f,"
                        + " %.0f bytes each; processor time %.1f µs against %.1f",
                round.ratio(),
                round.dataflow(),
                round.dataflow() * round.bytes() / 1e6,
                round.raw(),
                round.raw() * round.bytes() / 1e6,
                round.copy(),
                round.bytes(),
                round.dataflowMicros(),
                round.rawMicros());
    }

    private static double median(double[] values) {
        return new Median().evaluate(values);
    }

    private void line(String title, String format, Object... values) {
        spec.commandLine().getOut().printf("%-13s %s%n", title, String.format(Locale.ROOT, format, values));
        spec.commandLine().getOut().flush();
    }
}
