package io.tramontane.kafka.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tramontane.kafka.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretReferencesTest {

    private static final String JAAS =
            "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"job\" password=\"%s\";";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ssl.truststore.password                                  | changeit
            ssl.keystore.password                                    | changeit
            ssl.key.password                                         | x${env:HOME}
            listener.name.client.ssl.keystore.password               | changeit
            sasl.jaas.config                                         | Module required username="a" password="b";
            sasl.jaas.config                                         | Module required password='b';
            sasl.jaas.config                                         | Module required password=b;
            sasl.jaas.config                                         | Module required clientId="a" clientSecret="b";
            """)
    void findsSecretsInClearText(String key, String value) {
        assertThat(SecretReferences.keysInClearText(Map.of(key, value))).containsExactly(key);
        assertThat(new KafkaSettings("broker:9092", Map.of(key, value)).isFreeOfSecrets())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ssl.truststore.password | ${env:STORE_PASSWORD}
            ssl.truststore.location | /etc/password=store.p12
            sasl.jaas.config        | Module required username="a" password="${directory:/run/secrets:kafka}";
            sasl.jaas.config        | Module required clientId="a" clientSecret="${file:/etc/kafka.properties:secret}";
            client.id               | password
            """)
    void leavesReferencesAlone(String key, String value) {
        assertThat(SecretReferences.keysInClearText(Map.of(key, value))).isEmpty();
    }

    @Test
    void resolvesFromEnvironmentDirectoryAndFile() throws IOException {
        Files.writeString(folder.resolve("password"), "from ${env:NOWHERE} a $1 file\\");
        Files.writeString(folder.resolve("all.properties"), "store=from-properties\n");
        Map<String, String> properties = Map.of(
                "sasl.jaas.config",
                JAAS.formatted("${directory:" + folder + ":password}"),
                "ssl.truststore.password",
                "${file:" + folder.resolve("all.properties") + ":store}",
                "client.rack",
                "${env:PATH}");

        Map<String, String> resolved = SecretReferences.resolve(properties);

        assertThat(resolved)
                .containsEntry("sasl.jaas.config", JAAS.formatted("from ${env:NOWHERE} a $1 file\\"))
                .containsEntry("ssl.truststore.password", "from-properties")
                .containsEntry("client.rack", System.getenv("PATH"));
    }

    @ParameterizedTest
    @CsvSource({"env:TRAMONTANE_NO_SUCH_VARIABLE", "directory:/nowhere:password", "file:/nowhere.properties:password"})
    void namesASecretThatIsNotThere(String reference) {
        Map<String, String> properties = Map.of("ssl.key.password", "${" + reference + "}");
        assertThatThrownBy(() -> SecretReferences.resolve(properties))
                .isInstanceOf(SecretUnavailableException.class)
                .hasMessage("kafka.properties.ssl.key.password refers to ${" + reference + "}, which is not there");
    }

    @Test
    void deferredPropertiesHoldReferencesAndKafkaResolvesThem() throws IOException {
        Files.writeString(folder.resolve("password"), "secret");
        KafkaSettings settings = new KafkaSettings(
                "broker:9092", Map.of("sasl.jaas.config", JAAS.formatted("${directory:" + folder + ":password}")));

        Map<String, Object> deferred = new HashMap<>();
        settings.deferredClientProperties().forEach((key, value) -> deferred.put(key.toString(), value));

        assertThat(deferred.values()).noneMatch(value -> value.toString().contains("\"secret\""));
        deferred.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        deferred.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        assertThat(new ConsumerConfig(deferred).getPassword("sasl.jaas.config").value())
                .isEqualTo(JAAS.formatted("secret"));
    }

    @Test
    void withoutReferencesNothingIsAdded() {
        Map<String, String> properties = Map.of("client.rack", "a");
        assertThat(SecretReferences.deferred(properties)).isEqualTo(properties);
        assertThat(SecretReferences.resolve(properties)).isEqualTo(properties);
    }
}
