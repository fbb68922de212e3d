package io.tramontane.jobs.kernel.metrics;

import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.HTTPServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.apache.flink.metrics.CharacterFilter;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.HistogramStatistics;
import org.apache.flink.metrics.LogicalScopeProvider;
import org.apache.flink.metrics.Meter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.util.PortRange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows metrics to Prometheus at an HTTP endpoint under the names, labels and types of Flink's own reporter, so that
 * dashboards fit both. Unlike that one it listens at the configured address, by default on the loopback interface: the
 * figures of a run are nobody else's. Values that are no numbers are left out. Thread-safe.
 */
public final class PrometheusEndpoint implements MetricReporter {

    private static final Logger LOG = LoggerFactory.getLogger(PrometheusEndpoint.class);
    private static final Pattern NOT_ALLOWED = Pattern.compile("[^a-zA-Z0-9:_]");
    private static final CharacterFilter FILTER =
            text -> NOT_ALLOWED.matcher(text).replaceAll("_");
    private static final String PREFIX = "flink_";
    private static final double[] QUANTILES = {0.5, 0.75, 0.95, 0.98, 0.99, 0.999};

    private final Map<Series, Metric> metrics = new ConcurrentHashMap<>();
    private final HTTPServer server;

    private PrometheusEndpoint(InetSocketAddress address) throws IOException {
        CollectorRegistry registry = new CollectorRegistry(true);
        registry.register(new Samples());
        server = new HTTPServer(address, registry, true);
    }

    /** Where the values of a metric belong. */
    private record Series(String name, String help, List<String> labels, List<String> values) {

        Sample sample(String suffix, double value) {
            return new Sample(name + suffix, labels, values, value);
        }

        Sample quantile(double quantile, double value) {
            List<String> withQuantile = new ArrayList<>(labels);
            withQuantile.add("quantile");
            List<String> valuesWithQuantile = new ArrayList<>(values);
            valuesWithQuantile.add(Double.toString(quantile));
            return new Sample(name, withQuantile, valuesWithQuantile, value);
        }
    }

    /**
     * Listens at the first free port of the range.
     *
     * @throws IllegalStateException when there is none
     */
    static PrometheusEndpoint start(String address, PortRange ports) {
        for (Iterator<Integer> port = ports.getPortsIterator(); port.hasNext(); ) {
            try {
                var endpoint = new PrometheusEndpoint(new InetSocketAddress(address, port.next()));
                LOG.info("Metrics for Prometheus at http://{}:{}/metrics", address, endpoint.server.getPort());
                return endpoint;
            } catch (BindException taken) {
                LOG.debug("a port for Prometheus is taken", taken);
            } catch (IOException e) {
                throw new IllegalStateException("cannot listen at " + address + ": " + e.getMessage(), e);
            }
        }
        throw new IllegalStateException("no port of " + ports + " is free at " + address);
    }

    @Override
    public void open(MetricConfig config) {
        // It listens from its beginning on.
    }

    @Override
    public void close() {
        server.stop();
    }

    @Override
    public void notifyOfAddedMetric(Metric metric, String metricName, MetricGroup group) {
        metrics.put(series(metricName, group), metric);
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String metricName, MetricGroup group) {
        metrics.remove(series(metricName, group), metric);
    }

    private static Series series(String metricName, MetricGroup group) {
        String scope = LogicalScopeProvider.castFrom(group).getLogicalScope(FILTER, '_');
        List<String> labels = new ArrayList<>();
        List<String> values = new ArrayList<>();
        group.getAllVariables().forEach((key, value) -> {
            // Flink writes <host>.
            labels.add(FILTER.filterCharacters(key.substring(1, key.length() - 1)));
            values.add(FILTER.filterCharacters(value));
        });
        String name = PREFIX + scope + '_' + FILTER.filterCharacters(metricName);
        return new Series(name, metricName + " (scope: " + scope + ")", labels, values);
    }

    private final class Samples extends Collector {
        @Override
        public List<MetricFamilySamples> collect() {
            Map<String, MetricFamilySamples> families = new TreeMap<>();
            metrics.forEach((shown, metric) -> families.computeIfAbsent(
                            shown.name(),
                            name -> new MetricFamilySamples(name, type(metric), shown.help(), new ArrayList<>()))
                    .samples
                    .addAll(samples(metric, shown)));
            // A text has no sample, and a family without any would be a name without a value.
            return families.values().stream()
                    .filter(family -> !family.samples.isEmpty())
                    .toList();
        }
    }

    private static Collector.Type type(Metric metric) {
        return metric instanceof Histogram ? Collector.Type.SUMMARY : Collector.Type.GAUGE;
    }

    private static List<Sample> samples(Metric metric, Series shown) {
        if (metric instanceof Counter counter) {
            return List.of(shown.sample("", counter.getCount()));
        }
        if (metric instanceof Meter meter) {
            return List.of(shown.sample("", meter.getRate()));
        }
        if (metric instanceof Histogram histogram) {
            List<Sample> samples = new ArrayList<>();
            samples.add(shown.sample("_count", histogram.getCount()));
            HistogramStatistics statistics = histogram.getStatistics();
            for (double quantile : QUANTILES) {
                samples.add(shown.quantile(quantile, statistics.getQuantile(quantile)));
            }
            return samples;
        }
        return metric instanceof Gauge<?> gauge ? gauge(gauge, shown) : List.of();
    }

    private static List<Sample> gauge(Gauge<?> gauge, Series shown) {
        try {
            Object value = gauge.getValue();
            if (value instanceof Boolean truth) {
                return List.of(shown.sample("", truth ? 1 : 0));
            }
            return value instanceof Number number ? List.of(shown.sample("", number.doubleValue())) : List.of();
        } catch (RuntimeException e) {
            // One that is read while its task closes must not cost all the others.
            LOG.debug("{} has no value", shown.name(), e);
            return List.of();
        }
    }
}
