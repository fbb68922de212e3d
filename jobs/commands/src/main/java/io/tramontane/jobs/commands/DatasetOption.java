package io.tramontane.jobs.commands;

import io.tramontane.jobs.kernel.config.ConfigLoader;
import io.tramontane.jobs.run.config.TramontaneConfig;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that names the problems of a command which works on a dataset, in place of the configured one. */
final class DatasetOption {

    private static final String NAME = "--dataset";

    @Option(
            names = NAME,
            paramLabel = "PATH",
            description = "The problems: a file, or a folder of files (dataset.path, and dataset.source=file).")
    private Path dataset;

    /** Sets what it says, if it was given. */
    void applyTo(ConfigLoader<TramontaneConfig> loader) {
        if (dataset != null) {
            String path = dataset.toString();
            loader.option(NAME, "dataset.source", "file");
            loader.option(NAME, "dataset.path", path);
            // No held-out problem is read here, but a dataset of files is expected to have some.
            loader.option(NAME, "dataset.held-out-path", path);
        }
    }
}
