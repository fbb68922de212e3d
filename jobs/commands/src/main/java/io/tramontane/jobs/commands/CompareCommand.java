package io.tramontane.jobs.commands;

import io.tramontane.jobs.cli.Tramontane;
import io.tramontane.jobs.kernel.config.ConfigLoader;
import io.tramontane.jobs.page.comparison.Comparison;
import io.tramontane.jobs.page.comparison.Suite;
import io.tramontane.jobs.page.comparison.Variant;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.policy.files.PolicyFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
            "Runs that are finished in the output folder are not run again, so an interrupted comparison goes on."
        },
        mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "SUITE",
            description =
                    "A YAML file with variants, or a shipped suite: seeds (the defaults alone), language, asynchrony,"
                            + " normalisation, clipping, partial-credit, batch, length, staleness, and report (all of these against"
                            + " one default).")
    private String suite;

    @Option(
            names = "--variant",
            paramLabel = "NAME[:KEY=VALUE,...]",
            description = "A variant of your own, in place of a suite; may be repeated.")
    private List<String> variants = new ArrayList<>();

    @Option(
            names = "--seeds",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,2,3",
            description = "Seeds of the runs (default: ${DEFAULT-VALUE}).")
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

    /** Finds out now what the last of many runs would otherwise stumble over. */
    private void requireValid(Suite compared) {
        for (Variant variant : compared.variants()) {
            ConfigLoader<TramontaneConfig> loader = TramontaneConfig.loader();
            if (config != null) {
                loader.file(config);
            }
            settings.forEach(loader::set);
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
