package io.tramontane.jobs.commands;

import io.tramontane.jobs.cli.Tramontane;
import io.tramontane.jobs.kernel.config.ConfigLoader;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.page.comparison.Comparison;
import io.tramontane.jobs.page.comparison.ComparisonFolder;
import io.tramontane.jobs.page.comparison.Suite;
import io.tramontane.jobs.page.comparison.Variant;
import io.tramontane.jobs.replay.RecordedSuite;
import io.tramontane.jobs.replay.SuiteReplay;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.policy.files.PolicyFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs the main job several times and sets the results side by side. */
@Command(
        name = "compare",
        description = {
            "Run the main job for several variants and seeds, one after the other, and set the results side by side: a"
                    + " table, and a page with the curves.",
            "With --recorded: train again on the rollouts of a recorded run, once for every variant and without"
                    + " generators, and show the results beside that run and beside live runs in the output folder.",
            "Runs and replays that are finished in the output folder are not made again, so an interrupted comparison"
                    + " goes on."
        },
        mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "SUITE",
            description =
                    "A YAML file with variants, or a shipped suite: seeds (the defaults alone), language, asynchrony,"
                            + " normalisation, clipping, partial-credit, batch, length, staleness, report (all of these against"
                            + " one default), and objectives (losses, presets and advantages).")
    private String suite;

    @Option(
            names = "--variant",
            paramLabel = "NAME[:KEY=VALUE,...]",
            description = "A variant of your own, in place of a suite; may be repeated.")
    private List<String> variants = new ArrayList<>();

    @Option(
            names = "--recorded",
            paramLabel = "RUN",
            description =
                    "Folder of a finished run whose rollouts every variant is trained on, in place of runs; variants"
                            + " may change training, pipeline.advantage and pipeline.batching. What is not set of the objective"
                            + " has its default, whatever the run had.")
    private Path recorded;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,2,3",
            description = "Seeds of the runs; with --recorded of those shown beside (default: ${DEFAULT-VALUE}).")
    private List<Long> seeds;

    @Option(
            names = "--reward",
            paramLabel = "R",
            defaultValue = "0.8",
            description =
                    "The time until the mean reward reaches this is part of the table (default: ${DEFAULT-VALUE}).")
    private double rewardThreshold;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            defaultValue = "runs",
            description = "Where the runs make their folders (default: ${DEFAULT-VALUE}).")
    private Path output;

    @Option(
            names = "--policy",
            paramLabel = "BASE",
            description = "Folder of one base policy for all runs, in Hugging Face layout; else each makes its own.")
    private Path policy;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "Settings that all runs share.")
    private Path config;

    @Option(
            names = {"-s", "--set"},
            paramLabel = "KEY=VALUE",
            description = "A setting that all runs share; may be repeated.")
    private List<String> settings = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if ((suite == null) == variants.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "give a suite or one --variant at least, and not both");
        }
        Suite compared = suite == null
                ? new Suite(
                        "Comparison",
                        "",
                        "",
                        List.of(),
                        variants.stream().map(this::variant).toList())
                : Suite.of(suite);
        if (recorded != null) {
            replay(compared);
            return 0;
        }
        requireValid(compared);
        List<String> common = new ArrayList<>();
        if (policy != null) {
            // One that cannot be read is found before the first run.
            PolicyFiles.load(policy);
            common.addAll(List.of("--policy", policy.toString()));
        }
        if (config != null) {
            common.addAll(List.of("--config", config.toString()));
        }
        settings.forEach(setting -> common.addAll(List.of("--set", setting)));
        new Comparison(compared, seeds, common, output, rewardThreshold)
                .run(Tramontane.class, spec.commandLine().getOut());
        return 0;
    }

    private void replay(Suite compared) throws IOException {
        if (policy != null) {
            throw new ParameterException(
                    spec.commandLine(), "--recorded begins with the policy that the run began with; omit --policy");
        }
        TramontaneConfig original =
                RunFolder.located(RunFolder.configurationOf(recorded).load(), recorded);
        RunDirectory run = RunFolder.of(original);
        Map<Variant, TramontaneConfig> configs = RecordedSuite.of(compared, original, variant -> {
            ConfigLoader<TramontaneConfig> loader =
                    TramontaneConfig.loader().stored(run.configuration(), RecordedSuite.OBJECTIVE);
            share(loader);
            return loader;
        });
        LogFile.writeTo(run.log());
        PrintWriter out = spec.commandLine().getOut();
        new SuiteReplay(original, run, configs, new ComparisonFolder(output)).run(out);
        new Comparison(compared, seeds, List.of(), output, rewardThreshold).report(out);
    }

    private void share(ConfigLoader<TramontaneConfig> loader) {
        if (config != null) {
            loader.file(config);
        }
        settings.forEach(loader::set);
    }

    /** Finds out now what the last of many runs would otherwise stumble over. */
    private void requireValid(Suite compared) {
        for (Variant variant : compared.variants()) {
            ConfigLoader<TramontaneConfig> loader = TramontaneConfig.loader();
            share(loader);
            compared.settings().forEach(loader::set);
            variant.overrides().forEach(loader::set);
            loader.load();
        }
    }

    private Variant variant(String text) {
        try {
            return Variant.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
