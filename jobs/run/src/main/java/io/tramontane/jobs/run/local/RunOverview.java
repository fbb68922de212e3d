package io.tramontane.jobs.run.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tramontane.jobs.kernel.config.ConfigException;
import io.tramontane.jobs.kernel.config.YamlTree;
import io.tramontane.jobs.kernel.files.Json;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.topology.Fork;
import io.tramontane.pipeline.figures.StepFigure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is known of a run from its folder alone, whatever version wrote it.
 *
 * @param id the run's
 * @param status what has become of it
 * @param step optimizer steps committed
 * @param steps optimizer steps it is to make; 0 when its configuration does not say
 * @param reward mean of the last step
 * @param passAt1 on held-out problems, as last measured
 * @param startedAt milliseconds since the epoch
 * @param bytes all its files
 * @param fork the run and step it is a fork of, as {@code run@step}
 */
public record RunOverview(
        String id,
        Status status,
        long step,
        long steps,
        Optional<Double> reward,
        Optional<Double> passAt1,
        long startedAt,
        long bytes,
        Optional<String> fork) {

    /** What has become of a run. */
    public enum Status {
        /** A process has it. */
        RUNNING,
        /** Its last step is made and measured. */
        FINISHED,
        /** Stopped or killed; it goes on from its last snapshot. */
        RESUMABLE,
        /** Ended by an error, or before there was a snapshot; {@code run --resume} begins with what there is. */
        FAILED
    }

    /**
     * All runs in a folder, the newest first; other folders in it are passed over.
     *
     * @throws IOException when there is no such folder, or it cannot be read
     */
    public static List<RunOverview> in(Path output) throws IOException {
        try (Stream<Path> folders = Files.list(output)) {
            return folders.map(RunDirectory::new)
                    .filter(run -> Files.exists(run.configuration()))
                    .map(RunOverview::of)
                    .sorted(Comparator.comparingLong(RunOverview::startedAt)
                            .reversed()
                            .thenComparing(RunOverview::id))
                    .toList();
        }
    }

    private static RunOverview of(RunDirectory run) {
        try {
            // First: what the files say of a run that ends meanwhile is then at worst too new.
            boolean running = run.isClaimed();
            JsonNode state = read(run.state());
            JsonNode last = lastLine(run.metrics());
            JsonNode measured = read(run.summary()).at("/trained/pass1");
            if (!measured.isNumber()) {
                measured = lastLine(run.evaluations()).path("passAt1");
            }
            if (!measured.isNumber()) {
                measured = state.at("/base/passAt1");
            }
            return new RunOverview(
                    run.id(),
                    running ? Status.RUNNING : status(run, state),
                    last.path("step").asLong(),
                    configuration(run.configuration())
                            .at("/training/maximum-steps")
                            .asLong(),
                    number(last.path(StepFigure.REWARD_MEAN.key())),
                    number(measured),
                    beganAt(run, state),
                    bytes(run.root()),
                    parent(read(Fork.pointIn(run.fork()))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> parent(JsonNode fork) {
        return fork.hasNonNull("run")
                ? Optional.of(fork.get("run").asText() + "@" + fork.path("step").asLong())
                : Optional.empty();
    }

    private static Status status(RunDirectory run, JsonNode state) {
        if (Files.exists(run.summary())) {
            return Status.FINISHED;
        }
        boolean failed =
                state.path("failure").isTextual() || run.newestSnapshot().isEmpty();
        return failed ? Status.FAILED : Status.RESUMABLE;
    }

    private static long beganAt(RunDirectory run, JsonNode state) throws IOException {
        long training = state.path("trainingStartedAt").asLong();
        return training > 0
                ? training
                : Files.getLastModifiedTime(run.configuration()).toMillis();
    }

    private static Optional<Double> number(JsonNode node) {
        return node.isNumber() ? Optional.of(node.asDouble()) : Optional.empty();
    }

    /** An empty object when there is no such file, or a run is just writing it. */
    private static JsonNode read(Path file) throws IOException {
        try {
            return Json.parse(Files.readAllBytes(file));
        } catch (NoSuchFileException | JsonProcessingException e) {
            return Json.object();
        }
    }

    private static JsonNode configuration(Path file) throws IOException {
        try {
            return YamlTree.parse(file.toString(), new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (NoSuchFileException | ConfigException e) {
            return Json.object();
        }
    }

    /** The last whole line; a killed process may have left half a line behind it. */
    private static JsonNode lastLine(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Json.object();
        }
        List<String> lines = Files.readAllLines(file);
        for (int index = lines.size() - 1; index >= 0; index--) {
            try {
                JsonNode line = Json.parse(lines.get(index));
                if (line.isObject()) {
                    return line;
                }
            } catch (JsonProcessingException unfinished) {
                continue;
            }
        }
        return Json.object();
    }

    private static long bytes(Path folder) throws IOException {
        long[] sum = {0};
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                sum[0] += attributes.size();
                return FileVisitResult.CONTINUE;
            }

            /** A run in progress deletes files while they are counted. */
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        });
        return sum[0];
    }
}
