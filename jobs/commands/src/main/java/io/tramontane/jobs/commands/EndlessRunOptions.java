package io.tramontane.jobs.commands;

import io.tramontane.jobs.cli.ConfigOptions;
import io.tramontane.jobs.evaluation.warmup.WarmUp;
import io.tramontane.jobs.kernel.config.ConfigLoader;
import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.kernel.folder.RunSettings;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.jobs.run.console.RunConsole;
import io.tramontane.jobs.run.local.EndlessRun;
import io.tramontane.policy.files.PolicyBundle;
import io.tramontane.policy.files.PolicyFiles;
import io.tramontane.policy.tokenizer.PolicyTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a measurement that trains without end. */
final class EndlessRunOptions {

    /** Steps without end, in practice. */
    private static final String UNBOUNDED = Long.toString(Long.MAX_VALUE);

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Option(names = "--output", paramLabel = "DIR", required = true, description = "Folder for all that is written.")
    private Path output;

    @Option(
            names = "--policy",
            paramLabel = "BASE",
            description = "Folder of the base policy, in Hugging Face layout; else a warm-up makes it.")
    private Path policy;

    /** What is measured. */
    @FunctionalInterface
    interface Measurement {
        int of(EndlessRun.Parts parts) throws IOException, InterruptedException;
    }

    Path output() {
        return output;
    }

    /**
     * Makes the run's folder and base policy, and measures.
     *
     * @param command its name, {@code bench soak}; the last part of it names the run
     * @param settings what the command sets
     * @throws RunFailure when there is one already
     */
    int measure(
            String command,
            UnaryOperator<ConfigLoader<TramontaneConfig>> settings,
            RunConsole console,
            Measurement measurement)
            throws IOException, InterruptedException {
        TramontaneConfig loaded = settings.apply(options.applyTo(TramontaneConfig.loader())
                        .option(command, "training.maximum-steps", UNBOUNDED)
                        .option(command, "flink.restart-attempts", "-1"))
                .load();
        String name = command.substring(command.lastIndexOf(' ') + 1);
        TramontaneConfig config =
                loaded.withRun(new RunSettings(name, loaded.run().seed(), output));
        if (Files.exists(RunFolder.of(config).configuration())) {
            throw new RunFailure("there is a run in " + output + " already; choose another --output");
        }
        RunDirectory directory = RunFolder.create(config);
        PolicyBundle base = policy == null
                ? new WarmUp(config.policy(), config.warmUp(), config.run().seed()).run(console::warmUp)
                : PolicyFiles.load(policy);
        PolicyFiles.save(directory.basePolicy(), base);
        try (PolicyTokenizer tokenizer = PolicyFiles.loadTokenizer(directory.basePolicy())) {
            return measurement.of(new EndlessRun.Parts(config, directory, base, tokenizer));
        }
    }
}
