package io.tramontane.jobs.run.local;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tramontane.jobs.evaluation.Evaluation;
import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.kernel.files.AtomicFile;
import io.tramontane.jobs.kernel.files.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a resumed run must know of the processes before it.
 *
 * @param secondsBefore time that earlier processes of this run have taken
 * @param trainingStartedAt when the first prompt was asked for, milliseconds since the epoch; 0 before
 * @param failure why the last process ended by itself; null when it did not
 * @param base how good the policy was after the warm-up; null before that was measured
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunState(double secondsBefore, long trainingStartedAt, String failure, Evaluation base) {

    /** An empty state when there is no such file. */
    public static RunState load(Path file) {
        if (!Files.exists(file)) {
            return new RunState(0, 0, null, null);
        }
        try {
            return Json.read(file, RunState.class);
        } catch (IOException e) {
            throw new RunFailure(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Writes to a temporary name, then moves: a reader finds the old state or the new one. */
    public void save(Path file) {
        try {
            AtomicFile.write(file, Json.pretty(this));
        } catch (IOException e) {
            throw new RunFailure("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    RunState withBase(Evaluation evaluation) {
        return new RunState(secondsBefore, trainingStartedAt, failure, evaluation);
    }

    /** The same, with the moment at which training began. */
    public RunState withTrainingStartedAt(long millis) {
        return new RunState(secondsBefore, millis, failure, base);
    }

    RunState withSecondsBefore(double seconds) {
        return new RunState(seconds, trainingStartedAt, failure, base);
    }

    RunState withFailure(String reason) {
        return new RunState(secondsBefore, trainingStartedAt, reason, base);
    }
}
