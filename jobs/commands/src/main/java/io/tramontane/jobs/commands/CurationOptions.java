package io.tramontane.jobs.commands;

import io.tramontane.jobs.kernel.config.ConfigLoader;
import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.run.config.TramontaneConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How a policy is sampled for curation. */
final class CurationOptions {

    /** Of the report. */
    private static final String STANDARD_SAMPLES = "16";

    @Option(
            names = "--samples",
            paramLabel = "N",
            description =
                    "Completions of each problem (evaluation.samples-per-problem; default: " + STANDARD_SAMPLES + ").")
    private String samples;

    @Option(names = "--temperature", paramLabel = "T", description = "Of the sampling (evaluation.temperature).")
    private String temperature;

    @Option(names = "--tokens", paramLabel = "N", description = "The token budget (evaluation.maximum-new-tokens).")
    private String tokens;

    boolean given() {
        return samples != null || temperature != null || tokens != null;
    }

    /**
     * The configuration under which {@code policy} is sampled.
     *
     * @throws RunFailure when there is no policy
     */
    TramontaneConfig load(ConfigLoader<TramontaneConfig> loader, Path policy, CommandSpec spec) {
        requirePolicy(policy);
        loader.option("--samples", "evaluation.samples-per-problem", samples == null ? STANDARD_SAMPLES : samples);
        if (temperature != null) {
            loader.option("--temperature", "evaluation.temperature", temperature);
        }
        if (tokens != null) {
            loader.option("--tokens", "evaluation.maximum-new-tokens", tokens);
        }
        TramontaneConfig config = checked(loader.load());
        int drawn = config.evaluation().samplesPerProblem();
        int least = config.curation().minimumSamples();
        if (drawn < least) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--samples " + drawn + " is fewer than curation.minimum-samples (" + least
                            + "), so that every problem would be dropped");
        }
        return config;
    }

    /** @throws RunFailure when nothing tells correct completions from wrong ones */
    static TramontaneConfig checked(TramontaneConfig config) {
        if (!config.reward().correctness().enabled()) {
            throw new RunFailure("without reward.correctness.enabled no problem counts as solved");
        }
        return config;
    }

    private static void requirePolicy(Path policy) {
        if (Files.exists(new RunDirectory(policy).configuration())) {
            throw new RunFailure(policy + " is a run: name one of its policies, " + policy.resolve("policy")
                    + ", or use its recorded completions with --run " + policy);
        }
        if (!Files.exists(policy.resolve("config.json"))) {
            throw new RunFailure("there is no policy in " + policy + " (no config.json)");
        }
    }
}
