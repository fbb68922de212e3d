package io.tramontane.jobs.commands;

import io.tramontane.jobs.cli.ConfigOptions;
import io.tramontane.jobs.kernel.files.DirectoryTree;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.kernel.folder.RunSettings;
import io.tramontane.jobs.lab.checkpoint.CheckpointBenchmark;
import io.tramontane.jobs.lab.checkpoint.CheckpointReport;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.jobs.run.local.RunKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures what checkpoints cost the trainer. */
@Command(
        name = "checkpoint",
        description = "How long checkpoints of a large trainer keep it from training, measured on its own thread.",
        mixinStandardHelpOptions = true)
final class BenchCheckpointCommand implements Callable<Integer> {

    private static final long BYTES_A_MEGABYTE = 1_000_000;
    private static final int LEAST_MEGABYTES = 8;
    /** Several copies of the state live at the same time. */
    private static final int MOST_MEGABYTES = 1_000;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Option(
            names = "--megabytes",
            paramLabel = "N",
            defaultValue = "200",
            description = "Weights and both moments together (default: ${DEFAULT-VALUE}).")
    private int megabytes;

    @Option(
            names = "--micro-batches",
            paramLabel = "N",
            defaultValue = "8",
            description = "Micro-batches of a step (default: ${DEFAULT-VALUE}).")
    private int microBatches;

    @Option(
            names = "--checkpoints",
            paramLabel = "N",
            defaultValue = "25",
            description = "Checkpoints that are measured (default: ${DEFAULT-VALUE}).")
    private int checkpoints;

    @Option(
            names = "--most-millis",
            paramLabel = "N",
            defaultValue = "50",
            description = "Longest pause allowed; a longer one fails the command (default: ${DEFAULT-VALUE}).")
    private double mostMillis;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (megabytes < LEAST_MEGABYTES || megabytes > MOST_MEGABYTES || microBatches < 1 || checkpoints < 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--megabytes must lie between " + LEAST_MEGABYTES + " and " + MOST_MEGABYTES
                            + ", --micro-batches and --checkpoints be at least 1");
        }
        TramontaneConfig loaded = options.applyTo(TramontaneConfig.loader()).load();
        Path temporary = Files.createTempDirectory("tramontane-bench");
        try {
            TramontaneConfig config = loaded.withRun(new RunSettings(
                    "bench-" + RunFolder.nameFromTime(), loaded.run().seed(), temporary));
            RunDirectory directory = RunFolder.create(config);
            try (RunKafka kafka = RunKafka.open(config, directory)) {
                CheckpointReport report = new CheckpointBenchmark(
                                config,
                                directory,
                                kafka.settings(),
                                new CheckpointBenchmark.Plan(megabytes * BYTES_A_MEGABYTE, microBatches, checkpoints))
                        .run();
                spec.commandLine().getOut().print(report);
                spec.commandLine().getOut().flush();
                return report.longestPause() <= mostMillis ? 0 : 1;
            }
        } finally {
            DirectoryTree.deleteIfPresent(temporary);
        }
    }
}
