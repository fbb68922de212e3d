package io.tramontane.pipeline.curriculum;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;

/**
 * When a stage is over: after so many steps of it, or when the mean of a figure over its last steps is high enough,
 * whichever comes first.
 *
 * @param steps most steps of the stage; 0 for any number
 * @param figure that is looked at
 * @param threshold its mean must reach
 * @param window steps it is the mean of, at least 1
 */
public record StageEnd(long steps, ProgressFigure figure, double threshold, int window) implements Serializable {

    /** Never. */
    public static final StageEnd NEVER = new StageEnd(0, ProgressFigure.NONE, 0, 1);

    public StageEnd {
        Objects.requireNonNull(figure, "figure");
        if (steps < 0 || window < 1) {
            throw new IllegalArgumentException("a stage cannot end after " + steps + " steps, by the last " + window);
        }
    }

    /** Whether it can come. */
    public boolean comes() {
        return steps > 0 || figure != ProgressFigure.NONE;
    }

    /**
     * Whether the stage is over.
     *
     * @param trained steps of the stage so far
     * @param recent the figure of the last of them, at most {@code window}
     */
    boolean reached(long trained, double[] recent) {
        if (steps > 0 && trained >= steps) {
            return true;
        }
        return recent.length == window
                && figure.reached(Arrays.stream(recent).average().orElseThrow(), threshold);
    }
}
