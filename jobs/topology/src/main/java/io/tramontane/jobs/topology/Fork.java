package io.tramontane.jobs.topology;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tramontane.policy.files.PolicyBundle;
import io.tramontane.policy.files.TrainerStateFiles;
import io.tramontane.policy.training.TrainerState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a fork begins with, in a folder of its own: the trainer's state after the parent's step as
 * {@link TrainerStateFiles} keep it, and {@code fork.json} with the rest.
 *
 * @param folder must be readable where the trainer runs
 */
public record Fork(Path folder, ForkPoint point) {

    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final String POINT = "fork.json";

    /**
     * The fork in {@code folder}; empty when there is no such folder, as in a run that began with a base policy.
     *
     * @throws UncheckedIOException when it cannot be read; the message names the file
     */
    public static Optional<Fork> in(Path folder) {
        if (!Files.exists(folder)) {
            return Optional.empty();
        }
        Path file = pointIn(folder);
        try {
            return Optional.of(new Fork(folder, JSON.readValue(file.toFile(), ForkPoint.class)));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(
                    new IOException(file + " is truncated or no JSON: " + e.getOriginalMessage(), e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file of the point, whether it is there or not. */
    public static Path pointIn(Path folder) {
        return folder.resolve(POINT);
    }

    /** Number of the step after which the run in {@code folder} begins; 0 when it is no fork. */
    public static long beginning(Path folder) {
        return in(folder).map(fork -> fork.point().step()).orElse(0L);
    }

    /**
     * Writes a fork. Who needs it whole or not at all writes under another name and moves it.
     *
     * @param policy the parent's; of its weights none are written
     * @throws IOException also when {@code folder} exists and is not empty
     */
    public static void write(Path folder, ForkPoint point, PolicyBundle policy, TrainerState state) throws IOException {
        TrainerStateFiles.save(folder, policy, state);
        JSON.writerWithDefaultPrettyPrinter().writeValue(pointIn(folder).toFile(), point);
    }
}
