package io.tramontane.jobs.run.local;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tramontane.jobs.generator.GeneratorStatistics;
import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.kernel.files.Json;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.run.tensorboard.StepScalars;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.records.StartAt;
import io.tramontane.kafka.records.TopicTail;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.pipeline.figures.StepFigure;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.PackedNumbers;
import io.tramontane.schemas.ScoredCompletion;
import io.tramontane.schemas.Step;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Follows the committed steps and groups of a run and writes metrics.jsonl, rollouts.jsonl and the scalars for
 * TensorBoard. The first two are rebuilt from the topics, so those of a resumed run are whole; TensorBoard, which reads
 * its file while it grows, gets what is new appended.
 *
 * <p>Used by one thread.
 */
public final class TrainingMonitor implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    /** Every so many steps one group's completions are sampled into rollouts.jsonl. */
    private static final int ROLLOUT_EVERY_STEPS = 5;
    /** Groups remembered until their step comes; they are committed no later than it. */
    private static final int GROUPS_REMEMBERED = 512;

    private final long trainingStartedAt;
    private final TopicTail<Step> steps;
    private final TopicTail<Group> groups;
    private final BufferedWriter metrics;
    private final BufferedWriter rollouts;
    private final StepScalars scalars;
    private final Map<String, Group> recentGroups = new LinkedHashMap<>();

    public TrainingMonitor(KafkaSettings kafka, RunDirectory directory, long trainingStartedAt) {
        this.trainingStartedAt = trainingStartedAt;
        try {
            metrics = Files.newBufferedWriter(directory.metrics());
            rollouts = Files.newBufferedWriter(directory.rollouts());
            scalars = StepScalars.in(directory.root(), trainingStartedAt);
        } catch (IOException e) {
            throw new RunFailure("cannot write to " + directory.root() + ": " + e.getMessage(), e);
        }
        steps = new TopicTail<>(kafka, Topic.STEPS, directory.id(), Step.class, StartAt.BEGINNING);
        groups = new TopicTail<>(kafka, Topic.GROUPS, directory.id(), Group.class, StartAt.BEGINNING);
    }

    /** The steps committed since the last call; waits a moment when there are none. */
    public List<Step> poll(Optional<GeneratorStatistics> generator) {
        for (Group group : groups.poll(Duration.ZERO)) {
            recentGroups.put(group.getGroupId(), group);
            if (recentGroups.size() > GROUPS_REMEMBERED) {
                recentGroups.remove(recentGroups.keySet().iterator().next());
            }
        }
        List<Step> committed = steps.poll(POLL);
        try {
            for (Step step : committed) {
                writeMetrics(step, generator);
                scalars.add(step);
                if (step.getStep() % ROLLOUT_EVERY_STEPS == 1) {
                    writeRollouts(step);
                }
            }
            metrics.flush();
            rollouts.flush();
        } catch (IOException e) {
            throw new RunFailure("the run's files cannot be written: " + e.getMessage(), e);
        }
        return committed;
    }

    private void writeMetrics(Step step, Optional<GeneratorStatistics> generator) throws IOException {
        ObjectNode line = Json.object();
        line.put("step", step.getStep());
        line.put("elapsedSeconds", (step.getFinishedAt() - trainingStartedAt) / 1e3);
        line.put(StepFigure.LOSS.key(), step.getLoss());
        new TreeMap<>(step.getMetrics()).forEach(line::put);
        generator.ifPresent(statistics -> {
            line.put("generatedTokens", statistics.tokens());
            line.put("completionsPerSecond", statistics.completions() / Math.max(statistics.seconds(), 1e-9));
            line.put("generatorIdleFraction", statistics.idleFraction());
            line.put("publishToAdoptMillis", statistics.adoptMillisMean());
        });
        line.put("incarnation", step.getIncarnation());
        line.put("weightsHash", step.getWeightsHash());
        metrics.write(Json.line(line));
        metrics.newLine();
    }

    private void writeRollouts(Step step) throws IOException {
        Group group = recentGroups.get(step.getGroupIds().get(0));
        if (group == null) {
            return;
        }
        for (ScoredCompletion scored : group.getCompletions()) {
            ObjectNode line = Json.object();
            line.put("step", step.getStep());
            line.put("groupId", group.getGroupId());
            line.put("completionId", scored.getCompletion().getCompletionId());
            line.put("language", scored.getCompletion().getLanguage());
            line.put("problem", scored.getCompletion().getProblem());
            line.put("reference", scored.getCompletion().getReference());
            line.put("completion", scored.getCompletion().getText());
            line.put("tokens", PackedNumbers.count(scored.getCompletion().getCompletionTokens()));
            line.put("finishReason", scored.getCompletion().getFinishReason().name());
            ArrayNode spans = line.putArray("spans");
            scored.getCompletion()
                    .getSpans()
                    .forEach(span -> spans.addObject()
                            .put("incarnation", span.getIncarnation())
                            .put("version", span.getVersion())
                            .put("start", span.getStart())
                            .put("end", span.getEnd()));
            line.put("reward", scored.getReward());
            line.put("advantage", scored.getAdvantage());
            ObjectNode components = line.putObject("components");
            scored.getComponents().forEach(component -> {
                ObjectNode node = components.putObject(component.getName());
                node.put("value", component.getValue());
                node.put("verdict", component.getVerdict().name());
                node.put("reason", component.getReason());
            });
            rollouts.write(Json.line(line));
            rollouts.newLine();
        }
    }

    @Override
    public void close() {
        steps.close();
        groups.close();
        try {
            metrics.close();
            rollouts.close();
            scalars.close();
        } catch (IOException e) {
            throw new RunFailure("the run's files cannot be written: " + e.getMessage(), e);
        }
    }
}
