package io.tramontane.pipeline.figures;

import static io.tramontane.pipeline.OperatorIdentity.TRAINER;

import io.tramontane.pipeline.metrics.MetricDefinition;
import io.tramontane.pipeline.metrics.MetricKind;

/** A figure that the loss itself names, as the mean over the tokens of the batch. */
public final class LossFigure {

    /** How the names of these figures begin in a step record. */
    private static final String PREFIX = "loss.";

    private static final MetricDefinition METRIC = MetricDefinition.of(
                    MetricKind.GAUGE, "lossFigure", "mean", "Mean a token of what the loss itself counts.", TRAINER)
            .by("figure");

    private LossFigure() {}

    /** Its name in a step record: {@code loss.capped}. */
    public static String key(String name) {
        return PREFIX + name;
    }

    /** The trainer's gauge of it, labelled with the figure. */
    public static MetricDefinition metric() {
        return METRIC;
    }

    /** What the loss calls the figure of this key. */
    public static String nameOf(String key) {
        return key.substring(PREFIX.length());
    }

    /** Whether a name in a step record is that of a loss's own figure. */
    public static boolean isKey(String name) {
        return name.startsWith(PREFIX);
    }

    /** The tag for TensorBoard of a figure by its name: {@code loss/capped}. */
    static String tag(String name) {
        return "loss/" + nameOf(name);
    }
}
