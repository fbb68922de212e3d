package io.tramontane.jobs.kernel.metrics;

import io.tramontane.pipeline.metrics.MetricDefinition;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.runtime.metrics.MetricRegistryConfiguration;
import org.apache.flink.runtime.metrics.MetricRegistryImpl;
import org.apache.flink.runtime.metrics.ReporterSetupBuilder;
import org.apache.flink.runtime.metrics.filter.DefaultReporterFilters;
import org.apache.flink.runtime.metrics.groups.GenericMetricGroup;

/**
 * Metrics of what runs outside of Flink's job, as generators do: a registry of Flink's with the reporters that the
 * settings name. Without reporters there is none, and metrics go nowhere. Thread-safe.
 */
public final class ProcessMetrics implements AutoCloseable {

    /** Bytes of an answer of Flink's query service, which is not started here. */
    private static final long NO_QUERIES = 1 << 20;

    private final Optional<MetricRegistryImpl> registry;
    private final MetricGroup group;

    private ProcessMetrics(Optional<MetricRegistryImpl> registry, MetricGroup group) {
        this.registry = registry;
        this.group = group;
    }

    /**
     * Opens the metrics of this process.
     *
     * @param flinkProperties settings of Flink, which may name further reporters
     * @throws MetricsException when there is no port for Prometheus
     */
    public static ProcessMetrics open(MetricsSettings settings, Map<String, String> flinkProperties) {
        Configuration configuration = new Configuration();
        settings.applyTo(configuration);
        flinkProperties.forEach(configuration::setString);
        var reporters = ReporterSetupBuilder.METRIC_SETUP_BUILDER.fromConfiguration(
                configuration, DefaultReporterFilters::metricsFromConfiguration, null);
        // Flink itself leaves a reporter that fails out and says so in the log only.
        if (settings.prometheus()
                && reporters.stream().noneMatch(setup -> setup.getReporter() instanceof PrometheusEndpoint)) {
            throw new MetricsException("no port of metrics.prometheus-port=" + settings.prometheusPort()
                    + " is free at " + settings.prometheusAddress()
                    + "; each process takes one, so give a range like 9250-9259");
        }
        if (reporters.isEmpty()) {
            return new ProcessMetrics(Optional.empty(), new UnregisteredMetricsGroup());
        }
        var registry = new MetricRegistryImpl(
                MetricRegistryConfiguration.fromConfiguration(configuration, NO_QUERIES), reporters);
        return new ProcessMetrics(
                Optional.of(registry), new GenericMetricGroup(registry, null, MetricDefinition.GENERATOR_ROOT));
    }

    /** The outermost group. */
    public MetricGroup group() {
        return group;
    }

    @Override
    public void close() {
        registry.ifPresent(open -> open.closeAsync().join());
    }
}
