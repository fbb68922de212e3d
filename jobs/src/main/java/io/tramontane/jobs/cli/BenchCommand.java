package io.tramontane.jobs.cli;

import io.tramontane.jobs.config.ConfigLoader;
import io.tramontane.jobs.config.RunSettings;
import io.tramontane.jobs.config.TramontaneConfig;
import io.tramontane.jobs.local.DirectoryTree;
import io.tramontane.jobs.local.RunDirectory;
import io.tramontane.jobs.local.RunKafka;
import io.tramontane.kafka.weights.WeightsTransportBenchmark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures single parts. */
@Command(
        name = "bench",
        description = "Measure single parts on this machine.",
        subcommands = {BenchCodeCommand.class},
        mixinStandardHelpOptions = true)
final class BenchCommand implements Runnable {

    private static final int BYTES_A_MEGABYTE = 1_000_000;

    /** What fits into one array. */
    private static final int MOST_MEGABYTES = 2_000;

    @Spec
    private CommandSpec spec;

    /** Without a subcommand there is nothing to measure. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(
            name = "weights",
            description =
                    "From publishing weights to a verified copy in a consumer, for a late joiner, and for plain bytes.",
            mixinStandardHelpOptions = true)
    int weights(
            @Mixin ConfigOptions options,
            @Option(
                            names = "--megabytes",
                            paramLabel = "N",
                            defaultValue = "20",
                            description = "Size of one version (default: ${DEFAULT-VALUE}).")
                    int megabytes,
            @Option(
                            names = "--versions",
                            paramLabel = "N",
                            defaultValue = "20",
                            description = "Versions that are timed (default: ${DEFAULT-VALUE}).")
                    int versions)
            throws InterruptedException, IOException {
        if (versions < 1 || megabytes < 1 || megabytes > MOST_MEGABYTES) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--versions must be at least 1, and --megabytes between 1 and " + MOST_MEGABYTES);
        }
        TramontaneConfig loaded = options.applyTo(new ConfigLoader()).load();
        Path temporary = Files.createTempDirectory("tramontane-bench");
        try {
            String id = "bench-" + RunFolder.nameFromTime();
            TramontaneConfig config =
                    loaded.withRun(new RunSettings(id, loaded.run().seed(), temporary));
            RunDirectory directory = RunFolder.create(config);
            try (RunKafka kafka = RunKafka.open(config, directory)) {
                var report = WeightsTransportBenchmark.run(
                        kafka.settings(), id, config.weights(), megabytes * BYTES_A_MEGABYTE, versions);
                spec.commandLine().getOut().println(report);
            }
            return 0;
        } finally {
            DirectoryTree.deleteIfPresent(temporary);
        }
    }
}
