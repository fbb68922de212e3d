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
 * @param base the policy before the first step
 * @param trained the policy after the last
 * @param completionsPerSecond completions trained or dropped for zero variance, a second of reinforcement learning
 * @param secondsToReward from the first prompt until the mean reward, averaged over {@value #WINDOW} steps, first
 *     reached the threshold; empty when it never did
 * @param generatorIdleFraction share of the time in which the generator had credits but nothing to do
 * @param steps the metrics of each step, in order
 */
public record RunOutcome(
        Measured base,
        Measured trained,
        double wallSeconds,
        double completionsPerSecond,
        OptionalDouble secondsToReward,
        double generatorIdleFraction,
        List<JsonNode> steps) {

    /**
     * What a policy scored on held-out problems, as shares in [0, 1].
     *
     * @param low lower end of the confidence interval of {@code pass1}
     * @param high upper end
     */
    record Measured(double pass1, double low, double high, double languageConsistency) {

        static Measured of(JsonNode score) {
            return new Measured(
                    score.path("pass1").asDouble(),
                    score.path("ciLow").asDouble(),
                    score.path("ciHigh").asDouble(),
                    score.path("languageConsistency").asDouble());
        }
    }

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
                Measured.of(summary.path("base")),
                Measured.of(summary.path("trained")),
                summary.at("/wallSeconds").asDouble(),
                last.path("completionsPerSecond").asDouble(),
                secondsToReward(steps, rewardThreshold),
                last.path("generatorIdleFraction").asDouble(),
                List.copyOf(steps));
    }

    double basePass1() {
        return base.pass1();
    }

    double trainedPass1() {
        return trained.pass1();
    }

    double baseLanguageConsistency() {
        return base.languageConsistency();
    }

    double trainedLanguageConsistency() {
        return trained.languageConsistency();
    }

    /** Mean of a figure over the last tenth of the steps, one at least; empty when none of them has it. */
    OptionalDouble atTheEnd(StepFigure figure) {
        int tenth = Math.max(1, steps.size() / 10);
        return steps.subList(steps.size() - tenth, steps.size()).stream()
                .map(step -> step.path(figure.key()))
                .filter(JsonNode::isNumber)
                .mapToDouble(JsonNode::asDouble)
                .average();
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
