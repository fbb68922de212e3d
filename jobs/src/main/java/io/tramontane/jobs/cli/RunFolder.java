package io.tramontane.jobs.cli;

import io.tramontane.jobs.config.ConfigWriter;
import io.tramontane.jobs.config.TramontaneConfig;
import io.tramontane.jobs.local.RunDirectory;
import io.tramontane.jobs.local.RunFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

/** Makes the folder in which a run keeps everything. */
final class RunFolder {

    private static final DateTimeFormatter NAME_FORM = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private RunFolder() {}

    /** A name for a run that its user did not name. */
    static String nameFromTime() {
        return LocalDateTime.now(Clock.systemDefaultZone()).format(NAME_FORM);
    }

    /**
     * Makes the folder of the configuration's run, writes the configuration into it and sends the log there.
     *
     * @throws RunFailure when the folder cannot be written
     */
    static RunDirectory create(TramontaneConfig config) {
        RunDirectory directory =
                new RunDirectory(config.run().output().resolve(config.run().id()));
        Path temporary = directory.root().resolve("config.yaml.tmp");
        try {
            Files.createDirectories(directory.root());
            Files.writeString(temporary, ConfigWriter.toYaml(config));
            Files.move(
                    temporary,
                    directory.configuration(),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new RunFailure(
                    "cannot write the run's folder " + directory.root() + ": " + Failure.reason(e)
                            + " (--output chooses another place)",
                    e);
        }
        LogFile.writeTo(directory.log());
        return directory;
    }
}
