package io.tramontane.jobs.page.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tramontane.jobs.kernel.files.Json;
import io.tramontane.jobs.topology.Fork;
import io.tramontane.jobs.topology.ForkPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The files of a run that a report is made of.
 *
 * @param id the run's
 * @param metrics one object a step, in order
 * @param base what the policy scored before the first step; empty when that was not measured
 * @param evaluations what it scored on held-out problems while it was trained, in order of their steps
 * @param rollouts sampled completions, in order of their steps
 * @param summary empty while the run is not finished
 * @param configuration YAML text; empty when the folder has none
 * @param fork the step of another run that the run went on from
 */
record RunFiles(
        String id,
        List<JsonNode> metrics,
        Optional<JsonNode> base,
        List<JsonNode> evaluations,
        List<Rollout> rollouts,
        Optional<Summary> summary,
        String configuration,
        Optional<ForkPoint> fork) {

    RunFiles {
        metrics = List.copyOf(metrics);
        evaluations = List.copyOf(evaluations);
        rollouts = List.copyOf(rollouts);
    }

    /** @throws IOException when the folder has no metrics, or a file in it cannot be read; the message says which */
    static RunFiles read(Path directory) throws IOException {
        Path metrics = directory.resolve("metrics.jsonl");
        if (!Files.exists(metrics)) {
            throw new NoSuchFileException(metrics.toString());
        }
        Path summary = directory.resolve("summary.json");
        Path configuration = directory.resolve("config.yaml");
        return new RunFiles(
                directory.toAbsolutePath().normalize().getFileName().toString(),
                lines(metrics, JsonNode.class),
                base(directory),
                evaluations(directory),
                lines(directory.resolve("rollouts.jsonl"), Rollout.class),
                Files.exists(summary) ? Optional.of(Summary.read(summary)) : Optional.empty(),
                Files.exists(configuration) ? Files.readString(configuration) : "",
                Fork.in(directory.resolve("fork")).map(Fork::point));
    }

    /** What the base policy scored; empty before it was measured. */
    static Optional<JsonNode> base(Path directory) throws IOException {
        Path state = directory.resolve("state.json");
        JsonNode base = Files.exists(state) ? Json.read(state).path("base") : MissingNode.getInstance();
        return base.isObject() ? Optional.of(base) : Optional.empty();
    }

    /** What was measured while the policy was trained, in order of steps. */
    static List<JsonNode> evaluations(Path directory) throws IOException {
        return lines(evaluationsFile(directory), JsonNode.class);
    }

    /** There is none as long as nothing was measured. */
    static Path evaluationsFile(Path directory) {
        return directory.resolve("evaluations.jsonl");
    }

    /** The values of a JSON Lines file; a last line that a killed process left unfinished is skipped. */
    private static <T> List<T> lines(Path file, Class<T> type) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        List<String> lines = Files.readAllLines(file).stream()
                .filter(Predicate.not(String::isBlank))
                .toList();
        List<T> values = new ArrayList<>();
        for (int index = 0; index < lines.size(); index++) {
            try {
                values.add(Json.parse(lines.get(index), type));
            } catch (JsonProcessingException e) {
                if (index < lines.size() - 1) {
                    throw new IOException(file + ", line " + (index + 1) + ": " + e.getOriginalMessage(), e);
                }
            }
        }
        return values;
    }
}
