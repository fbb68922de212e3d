package io.tramontane.pipeline.metrics;

import io.tramontane.pipeline.OperatorIdentity;
import java.util.List;

/**
 * A metric of Tramontane's own.
 *
 * @param name as the Flink UI shows it
 * @param unit of its value, or what is counted
 * @param operators that have it; none for a metric of generators, which are no part of the Flink job
 * @param labels that distinguish its series, in the order of Flink's nested groups
 * @param meaning one sentence or two, for people who look at it
 */
public record MetricDefinition(
        String name,
        MetricKind kind,
        String unit,
        List<OperatorIdentity> operators,
        List<String> labels,
        String meaning) {

    /** The outermost group of a generator's metrics. */
    public static final String GENERATOR_ROOT = "tramontane";

    private static final String OF_OPERATORS = "flink_taskmanager_job_task_operator_";
    private static final String OF_GENERATORS = "flink_" + GENERATOR_ROOT + "_";

    /** A metric without labels. */
    public static MetricDefinition of(
            MetricKind kind, String name, String unit, String meaning, OperatorIdentity... operators) {
        return new MetricDefinition(name, kind, unit, List.of(operators), List.of(), meaning);
    }

    /** The same metric with these labels. */
    public MetricDefinition by(String... labels) {
        return new MetricDefinition(name, kind, unit, operators, List.of(labels), meaning);
    }

    /** Whether generators have it, and no operator of the Flink job. */
    public boolean ofGenerators() {
        return operators.isEmpty();
    }

    /**
     * Its name in Prometheus, as Flink's reporter makes it of the scope: labels are part of the name and labels too.
     *
     * @throws IllegalStateException for a text, which Prometheus does not have
     */
    public String prometheusName() {
        if (kind == MetricKind.TEXT) {
            throw new IllegalStateException(name + " is a text");
        }
        StringBuilder prometheus = new StringBuilder(ofGenerators() ? OF_GENERATORS : OF_OPERATORS);
        labels.forEach(label -> prometheus.append(label).append('_'));
        return prometheus.append(name).toString();
    }
}
