package io.tramontane.kafka;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.CommonClientConfigs;

/** Where the broker is and how clients reach it. */
public record KafkaSettings(
        @JsonPropertyDescription(
                "Comma-separated host:port of the brokers; embedded: one in this process, for local runs.")
        @NotBlank
        String bootstrapServers,

        @JsonPropertyDescription(
                "Further properties of every Kafka client, for example security settings, by their Kafka names.")
        @NotNull
        Map<String, String> properties)
        implements Serializable {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    public KafkaSettings {
        // A serializable, ordered copy: the settings travel inside Flink operators.
        properties = properties == null ? new TreeMap<>() : new TreeMap<>(properties);
    }

    /** A fresh copy of the properties that every client needs; callers add their own. */
    public Properties clientProperties() {
        Properties clientProperties = new Properties();
        clientProperties.putAll(properties);
        clientProperties.setProperty(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return clientProperties;
    }

    /** How long a call may wait for a broker: the property {@code default.api.timeout.ms}, else ten seconds. */
    public Duration timeout() {
        String configured = properties.get(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG);
        return configured == null ? DEFAULT_TIMEOUT : Duration.ofMillis(Long.parseLong(configured));
    }
}
