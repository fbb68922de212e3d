package io.tramontane.jobs.commands;

import io.tramontane.jobs.cli.Failure;
import io.tramontane.jobs.kernel.config.ConfigLoader;
import io.tramontane.jobs.kernel.config.ConfigWriter;
import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.kernel.files.AtomicFile;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.kernel.folder.RunSettings;
import io.tramontane.jobs.run.config.TramontaneConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

/** The folder in which a run keeps everything. */
final class RunFolder {

    private static final DateTimeFormatter NAME_FORM = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private RunFolder() {}

    /** A name for a run that its user did not name. */
    static String nameFromTime() {
        return LocalDateTime.now(Clock.systemDefaultZone()).format(NAME_FORM);
    }

    static RunDirectory of(TramontaneConfig config) {
        return new RunDirectory(config.run().output().resolve(config.run().id()));
    }

    /**
     * Makes the folder of the configuration's run, writes the configuration into it and sends the log there.
     *
     * @throws RunFailure when the folder cannot be written
     */
    static RunDirectory create(TramontaneConfig config) {
        RunDirectory directory = of(config);
        try {
            Files.createDirectories(directory.root());
            AtomicFile.write(directory.configuration(), ConfigWriter.toYaml(config));
        } catch (IOException e) {
            throw new RunFailure(
                    "cannot write the run's folder " + directory.root() + ": " + Failure.reason(e)
                            + " (--output chooses another place)",
                    e);
        }
        LogFile.writeTo(directory.log());
        return directory;
    }

    /**
     * The configuration of an existing run, to which its user may add settings.
     *
     * @param folder wherever it lies now
     * @throws RunFailure when it is no run's
     */
    static ConfigLoader<TramontaneConfig> configurationOf(Path folder) {
        RunDirectory directory = new RunDirectory(folder);
        if (!Files.exists(directory.configuration())) {
            throw new RunFailure("there is no run in " + folder + " (it has no config.yaml)");
        }
        return TramontaneConfig.loader().stored(directory.configuration());
    }

    /** The same configuration with the run named and placed as its folder is, which may have been moved. */
    static TramontaneConfig located(TramontaneConfig config, Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        Path parent = folder.getParent() == null ? absolute.getParent() : folder.getParent();
        return config.withRun(
                new RunSettings(absolute.getFileName().toString(), config.run().seed(), parent));
    }
}
