package io.tramontane.jobs.page.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import io.tramontane.jobs.kernel.files.Json;
import io.tramontane.pipeline.figures.StepFigure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a comparison needs to know of a finished run, read from its folder.
 *
 * @param basePass1 and its companions are shares in [0, 1]
 * @param completionsPerSecond completions trained or dropped for zero variance, a second of reinforcement learning
 * @param secondsToReward from the first prompt until the mean reward, averaged over {@value #WINDOW} steps, first
 *     reached the threshold; empty when it never did
 * @param generatorIdleFraction share of the time in which the generator had credits but nothing to do
 * @param steps the metrics of each step, in order
 */
public record RunOutcome(
        double basePass1,
        double trainedPass1,
        double baseLanguageConsistency,
        double trainedLanguageConsistency,
        double wallSeconds,
        double completionsPerSecond,
        OptionalDouble secondsToReward,
        double generatorIdleFraction,
        List<JsonNode> steps) {

    private static final int WINDOW = 5;

    /** @throws IOException when the run left no summary or no metrics, or they cannot be read */
    public static RunOutcome read(Path runDirectory, double rewardThreshold) throws IOException {
        JsonNode summary = Json.read(runDirectory.resolve("summary.json"));
        List<JsonNode> steps = new ArrayList<>();
        for (String line : Files.readAllLines(runDirectory.resolve("metrics.jsonl"))) {
            steps.add(Json.parse(line));
        }
        if (steps.isEmpty()) {
            throw new IOException(runDirectory + "/metrics.jsonl has no steps");
        }
        JsonNode last = steps.get(steps.size() - 1);
        return new RunOutcome(
                summary.at("/base/pass1").asDouble(),
                summary.at("/trained/pass1").asDouble(),
                summary.at("/base/languageConsistency").asDouble(),
                summary.at("/trained/languageConsistency").asDouble(),
                summary.at("/wallSeconds").asDouble(),
                last.path("completionsPerSecond").asDouble(),
                secondsToReward(steps, rewardThreshold),
                last.path("generatorIdleFraction").asDouble(),
                List.copyOf(steps));
    }

    private static OptionalDouble secondsToReward(List<JsonNode> steps, double threshold) {
        for (int end = WINDOW; end <= steps.size(); end++) {
            double mean = steps.subList(end - WINDOW, end).stream()
                    .mapToDouble(step -> step.path(StepFigure.REWARD_MEAN.key()).asDouble())
                    .average()
                    .orElseThrow();
            if (mean >= threshold) {
                return OptionalDouble.of(
                        steps.get(end - 1).path("elapsedSeconds").asDouble());
            }
        }
        return OptionalDouble.empty();
    }
}
