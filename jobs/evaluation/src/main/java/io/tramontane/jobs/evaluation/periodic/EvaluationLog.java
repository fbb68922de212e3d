package io.tramontane.jobs.evaluation.periodic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tramontane.jobs.kernel.files.AtomicFile;
import io.tramontane.jobs.kernel.files.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The file of a run's evaluations, a line each, which later processes of the run add to. Unlike its other files it
 * cannot be rebuilt from the topics: the weights are gone.
 *
 * <p>Used by one thread of one process.
 */
public final class EvaluationLog {

    private final Path file;
    private long lastStep;

    private EvaluationLog(Path file, long lastStep) {
        this.file = file;
        this.lastStep = lastStep;
    }

    /**
     * Opens the file to add to it. A line that a killed process left unfinished is removed.
     *
     * @throws IOException when the file cannot be read or written
     */
    public static EvaluationLog open(Path file) throws IOException {
        long lastStep = 0;
        if (Files.exists(file)) {
            List<String> whole = new ArrayList<>();
            for (String line : Files.readAllLines(file)) {
                long step = step(line);
                if (step > 0) {
                    whole.add(line);
                    lastStep = Math.max(lastStep, step);
                }
            }
            AtomicFile.writeLines(file, whole.stream());
        }
        return new EvaluationLog(file, lastStep);
    }

    private static long step(String line) {
        try {
            JsonNode node = Json.parse(line);
            return node == null ? 0 : node.path("step").asLong();
        } catch (JsonProcessingException unfinished) {
            return 0;
        }
    }

    /** The newest step in it; 0 for none. */
    public long lastStep() {
        return lastStep;
    }

    /** @throws UncheckedIOException when it cannot be written */
    public void add(PeriodicEvaluation evaluation) {
        try {
            Files.writeString(file, Json.line(evaluation) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
        lastStep = evaluation.step();
    }
}
