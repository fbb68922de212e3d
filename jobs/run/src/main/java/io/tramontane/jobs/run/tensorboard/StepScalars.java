package io.tramontane.jobs.run.tensorboard;

import io.tramontane.pipeline.training.StepMetrics;
import io.tramontane.schemas.Step;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the figures of committed steps for TensorBoard, beside metrics.jsonl. Steps may come again, as they do when a
 * run goes on: those that the file has are left out.
 *
 * <p>Used by one thread.
 */
public final class StepScalars implements Closeable {

    /** TensorBoard looks for files with {@code tfevents} in their name. */
    public static final String FILE_NAME = "events.out.tfevents.tramontane";

    private static final Map<String, String> TAGS = Map.ofEntries(
            Map.entry(StepMetrics.REWARD_MEAN, "reward/mean"),
            Map.entry(StepMetrics.REWARD_P10, "reward/p10"),
            Map.entry(StepMetrics.REWARD_P90, "reward/p90"),
            Map.entry(StepMetrics.ACCURACY, "reward/accuracy"),
            Map.entry(StepMetrics.LANGUAGE_CONSISTENCY, "reward/language-consistency"),
            Map.entry(StepMetrics.LENGTH_MEAN, "length/mean"),
            Map.entry(StepMetrics.TRUNCATED_SHARE, "length/truncated-share"),
            Map.entry(StepMetrics.ZERO_VARIANCE_SHARE, "groups/zero-variance-share"),
            Map.entry(StepMetrics.STALE_GROUPS, "groups/stale"),
            Map.entry(StepMetrics.INCOMPLETE_GROUPS, "groups/incomplete"),
            Map.entry(StepMetrics.LAG_MEAN, "off-policy/lag-mean"),
            Map.entry(StepMetrics.LAG_MAXIMUM, "off-policy/lag-maximum"),
            Map.entry(StepMetrics.RATIO_MEAN, "off-policy/ratio-mean"),
            Map.entry(StepMetrics.RATIO_MAXIMUM, "off-policy/ratio-maximum"),
            Map.entry(StepMetrics.EFFECTIVE_SAMPLE_SHARE, "off-policy/effective-sample-share"),
            Map.entry(StepMetrics.CLIP_FRACTION, "off-policy/clip-fraction"),
            Map.entry(StepMetrics.KL_ESTIMATE, "off-policy/kl-estimate"),
            Map.entry(StepMetrics.ENTROPY, "policy/entropy"),
            Map.entry(StepMetrics.GRADIENT_NORM, "policy/gradient-norm"),
            Map.entry(StepMetrics.LEARNING_RATE, "policy/learning-rate"),
            Map.entry(StepMetrics.TRAINED_TOKENS, "time/trained-tokens"),
            Map.entry(StepMetrics.STEP_SECONDS, "time/step-seconds"));

    private final EventFile file;

    private StepScalars(EventFile file) {
        this.file = file;
    }

    /**
     * Opens the file in the folder, or makes it.
     *
     * @param startedAt of the training, milliseconds since the epoch
     */
    public static StepScalars in(Path directory, long startedAt) throws IOException {
        return new StepScalars(EventFile.open(directory.resolve(FILE_NAME), startedAt / 1e3));
    }

    /** Appends the step, unless the file has it. */
    public void add(Step step) throws IOException {
        if (step.getStep() > file.lastStep().orElse(0)) {
            file.append(new ScalarEvent(step.getFinishedAt() / 1e3, step.getStep(), scalars(step)));
        }
    }

    private static Map<String, Double> scalars(Step step) {
        Map<String, Double> scalars = new TreeMap<>();
        scalars.put("policy/loss", step.getLoss());
        step.getMetrics().forEach((name, value) -> scalars.put(tag(name), value));
        return scalars;
    }

    /** Figures of single components are {@code component/format/mean}. */
    private static String tag(String name) {
        if (!name.startsWith(StepMetrics.COMPONENT)) {
            return TAGS.getOrDefault(name, name);
        }
        int figure = name.lastIndexOf('.');
        return "component/" + name.substring(StepMetrics.COMPONENT.length(), figure) + '/' + name.substring(figure + 1);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
