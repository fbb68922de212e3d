package io.tramontane.jobs.run.local;

import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.kernel.files.AtomicFile;
import io.tramontane.jobs.kernel.files.Json;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the services of a run in progress are, for who wants to look at it from another process.
 *
 * @param brokers host and port of the brokers
 * @param flink address of Flink's web UI and REST interface
 */
public record RunServices(String brokers, String flink) {

    /** Writes them down; what an earlier process wrote is replaced. */
    void write(RunDirectory directory) {
        try {
            AtomicFile.write(directory.services(), Json.line(this));
        } catch (IOException e) {
            throw new RunFailure("cannot write " + directory.services() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Those of a run that is in progress; empty when it is not.
     *
     * @throws RunFailure when the folder cannot be read
     */
    public static Optional<RunServices> of(RunDirectory directory) {
        Path file = directory.services();
        try {
            return directory.isClaimed() && Files.exists(file)
                    ? Optional.of(Json.read(file, RunServices.class))
                    : Optional.empty();
        } catch (IOException e) {
            throw new RunFailure(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
