package io.tramontane.pipeline.curriculum;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;

/**
 * Where a run stands in its curriculum. Flink state: fields may be added or removed, not retyped.
 *
 * @param stage number of the stage, from 1; 0 is the first too
 * @param steps of it so far
 * @param recent the stage's figure over the last of them, oldest first
 */
public record CurriculumState(int stage, long steps, double[] recent) implements Serializable {

    /** At the beginning. */
    public static final CurriculumState INITIAL = new CurriculumState(1, 0, new double[0]);

    /** At the beginning of a stage. */
    public static CurriculumState begun(int stage) {
        return stage <= 1 ? INITIAL : new CurriculumState(stage, 0, new double[0]);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CurriculumState that
                && stage == that.stage
                && steps == that.steps
                && Arrays.equals(recent, that.recent);
    }

    @Override
    public int hashCode() {
        return Objects.hash(stage, steps, Arrays.hashCode(recent));
    }

    /**
     * The state after one more step. A step of an earlier stage, whose groups were still under way, counts for none.
     *
     * @param step its results
     */
    public CurriculumState after(StepProgress step, Curriculum curriculum) {
        int current = curriculum.clamped(stage);
        if (curriculum.clamped(step.stage()) != current || current == curriculum.size()) {
            return this;
        }
        StageEnd end = curriculum.stage(current).end();
        int kept = Math.min(recent.length, end.window() - 1);
        double[] figures = Arrays.copyOfRange(recent, recent.length - kept, recent.length + 1);
        figures[kept] = end.figure().of(step);
        return end.reached(steps + 1, figures)
                ? new CurriculumState(current + 1, 0, new double[0])
                : new CurriculumState(current, steps + 1, figures);
    }
}
