package io.tramontane.jobs.kernel.metrics;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;

/** Where metrics are available. */
public record MetricsSettings(
        @JsonPropertyDescription(
                "Port at which each process shows its metrics to Prometheus, or a range of which each takes the first free one: 9250-9259. Empty: none.")
        @NotNull
        @Pattern(
                regexp = "|[1-9]\\d{0,4}(-[1-9]\\d{0,4})?",
                message = "must be empty, a port like 9250 or a range like 9250-9259")
        String prometheusPort,

        @JsonPropertyDescription("Address at which it does; 0.0.0.0 for every one of the machine.") @NotBlank
        String prometheusAddress) {

    private static final String REPORTER = "metrics.reporter.prometheus-endpoint.";

    /** Whether there is anything to see for Prometheus. */
    public boolean prometheus() {
        return !prometheusPort.isEmpty();
    }

    /** Where Prometheus finds them, for people; empty when it does not. */
    public Optional<String> place() {
        return prometheus()
                ? Optional.of(
                        "http://" + prometheusAddress + ':' + prometheusPort + "/metrics, a port for each process")
                : Optional.empty();
    }

    /** Makes Flink report to a {@link PrometheusEndpoint}, beside what else it reports to. */
    public void applyTo(Configuration configuration) {
        if (prometheus()) {
            configuration.setString(REPORTER + "factory.class", PrometheusEndpointFactory.class.getName());
            configuration.setString(REPORTER + PrometheusEndpointFactory.PORT, prometheusPort);
            configuration.setString(REPORTER + PrometheusEndpointFactory.ADDRESS, prometheusAddress);
        }
    }
}
