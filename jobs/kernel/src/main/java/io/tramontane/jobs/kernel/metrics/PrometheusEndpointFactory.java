package io.tramontane.jobs.kernel.metrics;

import java.util.Properties;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;
import org.apache.flink.util.PortRange;

/** Makes {@link PrometheusEndpoint}s for Flink, which finds this as a service. */
public final class PrometheusEndpointFactory implements MetricReporterFactory {

    static final String PORT = "port";
    static final String ADDRESS = "address";

    /** @throws IllegalStateException when no port is free */
    @Override
    public MetricReporter createMetricReporter(Properties properties) {
        return PrometheusEndpoint.start(
                properties.getProperty(ADDRESS, "127.0.0.1"), new PortRange(properties.getProperty(PORT)));
    }
}
