package io.tramontane.pipeline.figures;

import static io.tramontane.pipeline.OperatorIdentity.TRAINER;

import io.tramontane.pipeline.batching.RewardSpread;
import io.tramontane.pipeline.metrics.MetricDefinition;
import io.tramontane.pipeline.metrics.MetricKind;
import java.util.function.ToDoubleFunction;

/** A figure of one component of the reward, over the completions that were asked about it since the step before. */
public enum ComponentFigure {
    MEAN("mean", "componentMean", "Mean of what the component adds to the reward.", RewardSpread::mean),
    P10("p10", "componentP10", "What one completion in ten does not exceed.", RewardSpread::p10),
    P90("p90", "componentP90", "What nine completions in ten do not exceed.", RewardSpread::p90);

    /** How the names of these figures begin in a step record. */
    private static final String PREFIX = "component.";

    private final String key;
    private final MetricDefinition metric;
    private final ToDoubleFunction<RewardSpread> value;

    ComponentFigure(String key, String metric, String meaning, ToDoubleFunction<RewardSpread> value) {
        this.key = key;
        this.metric = MetricDefinition.of(MetricKind.GAUGE, metric, "reward", meaning, TRAINER)
                .by("component");
        this.value = value;
    }

    /** Its name in a step record: {@code component.format.mean}. */
    public String key(String component) {
        return PREFIX + component + '.' + key;
    }

    /** The trainer's gauge of it, labelled with the component. */
    public MetricDefinition metric() {
        return metric;
    }

    double of(RewardSpread spread) {
        return value.applyAsDouble(spread);
    }

    /** Whether a name in a step record is that of a component's figure. */
    public static boolean isKey(String name) {
        return name.startsWith(PREFIX);
    }

    /** The tag for TensorBoard of a figure by its name: {@code component/format/mean}. */
    static String tag(String name) {
        int figure = name.lastIndexOf('.');
        return "component/" + name.substring(PREFIX.length(), figure) + '/' + name.substring(figure + 1);
    }
}
