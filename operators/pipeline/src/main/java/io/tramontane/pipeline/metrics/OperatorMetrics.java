package io.tramontane.pipeline.metrics;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MeterView;
import org.apache.flink.metrics.MetricGroup;

/**
 * Registers metrics of the catalogue in the group of an operator, or of a generator, under the names and labels that
 * the catalogue says. Thread-safe as the group is.
 */
public final class OperatorMetrics {

    private final MetricGroup group;

    public OperatorMetrics(MetricGroup group) {
        this.group = group;
    }

    /** @param labels values of the definition's labels, in their order */
    public Counter counter(MetricDefinition metric, String... labels) {
        return within(metric, MetricKind.COUNTER, labels).counter(metric.name());
    }

    /** The same with a counter of the caller's, for example one that several threads may use. */
    public <C extends Counter> C counter(MetricDefinition metric, C counter, String... labels) {
        return within(metric, MetricKind.COUNTER, labels).counter(metric.name(), counter);
    }

    /** @param value asked for by other threads at any time */
    public void gauge(MetricDefinition metric, Gauge<? extends Number> value, String... labels) {
        within(metric, MetricKind.GAUGE, labels).gauge(metric.name(), value);
    }

    /** @param value asked for by other threads at any time */
    public void text(MetricDefinition metric, Gauge<String> value, String... labels) {
        within(metric, MetricKind.TEXT, labels).gauge(metric.name(), value);
    }

    /** How much {@code counted} grows by a second. */
    public void meter(MetricDefinition metric, Counter counted, String... labels) {
        within(metric, MetricKind.METER, labels).meter(metric.name(), new MeterView(counted));
    }

    public <H extends Histogram> H histogram(MetricDefinition metric, H histogram, String... labels) {
        return within(metric, MetricKind.HISTOGRAM, labels).histogram(metric.name(), histogram);
    }

    private MetricGroup within(MetricDefinition metric, MetricKind kind, String... labels) {
        if (metric.kind() != kind || metric.labels().size() != labels.length) {
            throw new IllegalArgumentException(metric.name() + " is a " + metric.kind() + " by " + metric.labels());
        }
        MetricGroup labelled = group;
        for (int label = 0; label < labels.length; label++) {
            labelled = labelled.addGroup(metric.labels().get(label), labels[label]);
        }
        return labelled;
    }
}
