package io.tramontane.kafka;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.tramontane.kafka.secrets.SecretReferences;
import io.tramontane.kafka.secrets.SecretUnavailableException;
import jakarta.validation.constraints.AssertTrue;
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
                "Further properties of every Kafka client, for example security settings, by their Kafka names; secrets by reference: ${env:NAME}, ${directory:/folder:file} or ${file:/file.properties:key}.")
        @NotNull
        Map<String, String> properties)
        implements Serializable {

    /** In place of the brokers: one in this process. */
    public static final String EMBEDDED = "embedded";

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    public KafkaSettings {
        // A serializable, ordered copy: the settings travel inside Flink operators.
        properties = properties == null ? new TreeMap<>() : new TreeMap<>(properties);
    }

    /** Whether the broker is one in this process, which no other reaches by these settings. */
    public boolean embedded() {
        return bootstrapServers.equals(EMBEDDED);
    }

    /** Whether every secret is a reference, so that these settings can be written down and shown. */
    @JsonIgnore
    @AssertTrue(
            message =
                    "no password may stand in the configuration, which is written to the run's folder and shown in the"
                            + " Flink UI: use ${env:NAME}, ${directory:/folder:file} or ${file:/file.properties:key}")
    public boolean isFreeOfSecrets() {
        return SecretReferences.keysInClearText(properties).isEmpty();
    }

    /**
     * A fresh copy of the properties that every client needs, secrets included; callers add their own.
     *
     * @throws SecretUnavailableException when a property refers to a secret that this process does not have
     */
    public Properties clientProperties() {
        Properties clientProperties = new Properties();
        clientProperties.putAll(SecretReferences.resolve(properties));
        clientProperties.setProperty(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return clientProperties;
    }

    /**
     * As {@link #clientProperties()} for clients that are opened elsewhere, by a Flink connector for instance: secrets
     * stay references, so that none is written into a job graph, and Kafka resolves them where it opens the client.
     */
    public Properties deferredClientProperties() {
        Properties clientProperties = new Properties();
        clientProperties.putAll(SecretReferences.deferred(properties));
        clientProperties.setProperty(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return clientProperties;
    }

    /** How long a call may wait for a broker: the property {@code default.api.timeout.ms}, else ten seconds. */
    public Duration timeout() {
        String configured = properties.get(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG);
        return configured == null ? DEFAULT_TIMEOUT : Duration.ofMillis(Long.parseLong(configured));
    }
}
