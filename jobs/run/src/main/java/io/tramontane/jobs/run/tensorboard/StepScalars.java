package io.tramontane.jobs.run.tensorboard;

import io.tramontane.pipeline.figures.StepFigure;
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
        StepFigure.all(step).forEach((name, value) -> scalars.put(StepFigure.tag(name), value));
        return scalars;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
