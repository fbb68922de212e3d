package io.tramontane.kafka.secrets;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigTransformer;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;
import org.apache.kafka.common.utils.Utils;

/**
 * Secrets in the properties of Kafka clients, by reference alone: a configuration is written to the run's folder, shown
 * in the Flink UI and travels inside operators, so no secret may stand in it. A reference is resolved in the process
 * that opens the client, by Kafka's own providers:
 *
 * <ul>
 *   <li>{@code ${env:NAME}}: the environment variable
 *   <li>{@code ${directory:/run/secrets:password}}: the whole file {@code /run/secrets/password}
 *   <li>{@code ${file:/etc/tramontane/kafka.properties:password}}: a key of a properties file
 * </ul>
 */
public final class SecretReferences {

    private static final String ENVIRONMENT = "env";
    private static final String DIRECTORY = "directory";
    private static final String FILE = "file";

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(?:env|directory|file):[^}]*}");

    /** What is wholly a secret. Stores of certificates given inline hold the private key. */
    private static final List<String> SECRET_KEYS = List.of(
            SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG,
            SslConfigs.SSL_KEY_PASSWORD_CONFIG,
            SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG,
            SslConfigs.SSL_KEYSTORE_KEY_CONFIG);

    /** The assignments inside a JAAS line that hold a secret: password="…", clientSecret="…". */
    private static final Pattern JAAS_SECRET =
            Pattern.compile("(?i)\\b[a-z.]*(?:password|secret)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s;]*))");

    private SecretReferences() {}

    /** The keys whose value holds a secret in clear text, in the order of their names; never the values. */
    public static List<String> keysInClearText(Map<String, String> properties) {
        return properties.entrySet().stream()
                .filter(entry -> entry.getValue() != null && isInClearText(entry.getKey(), entry.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private static boolean isInClearText(String key, String value) {
        String name = key.toLowerCase(Locale.ROOT);
        if (SECRET_KEYS.stream().anyMatch(name::endsWith)) {
            return !value.isEmpty() && !isReference(value);
        }
        if (name.endsWith(SaslConfigs.SASL_JAAS_CONFIG)) {
            Matcher secrets = JAAS_SECRET.matcher(value);
            while (secrets.find()) {
                String secret = firstGroup(secrets);
                if (!secret.isEmpty() && !isReference(secret)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isReference(String value) {
        return REFERENCE.matcher(value.strip()).matches();
    }

    private static String firstGroup(Matcher matcher) {
        for (int group = 1; group <= matcher.groupCount(); group++) {
            if (matcher.group(group) != null) {
                return matcher.group(group);
            }
        }
        return "";
    }

    /**
     * The properties with every reference replaced by what it refers to, here and now.
     *
     * @throws SecretUnavailableException naming the first reference that leads nowhere
     */
    public static Map<String, String> resolve(Map<String, String> properties) {
        if (properties.values().stream().noneMatch(SecretReferences::refers)) {
            return properties;
        }
        Map<String, ConfigProvider> providers = providers();
        try {
            ConfigTransformer transformer = new ConfigTransformer(providers);
            Map<String, String> resolved = new TreeMap<>();
            properties.forEach((key, value) -> resolved.put(key, resolve(transformer, key, value)));
            return resolved;
        } finally {
            providers.values().forEach(SecretReferences::close);
        }
    }

    /** The properties as they are, together with the providers by which a Kafka client resolves their references. */
    public static Map<String, String> deferred(Map<String, String> properties) {
        Map<String, String> deferred = new TreeMap<>(properties);
        if (properties.values().stream().anyMatch(SecretReferences::refers)) {
            Map<String, ConfigProvider> providers = providers();
            deferred.put(AbstractConfig.CONFIG_PROVIDERS_CONFIG, String.join(",", providers.keySet()));
            providers.forEach((name, provider) -> {
                deferred.put(
                        AbstractConfig.CONFIG_PROVIDERS_CONFIG + "." + name + ".class",
                        provider.getClass().getName());
                close(provider);
            });
        }
        return deferred;
    }

    private static boolean refers(String value) {
        return value != null && REFERENCE.matcher(value).find();
    }

    /** Reference by reference: Kafka leaves in place what it does not find, and a secret may look like anything. */
    private static String resolve(ConfigTransformer transformer, String key, String value) {
        return REFERENCE.matcher(value).replaceAll(match -> {
            String reference = match.group();
            try {
                String secret =
                        transformer.transform(Map.of(key, reference)).data().get(key);
                if (secret != null && !secret.equals(reference)) {
                    return Matcher.quoteReplacement(secret);
                }
            } catch (ConfigException e) {
                throw unavailable(key, reference, e);
            }
            throw unavailable(key, reference, null);
        });
    }

    private static SecretUnavailableException unavailable(String key, String reference, Throwable cause) {
        return new SecretUnavailableException(
                "kafka.properties." + key + " refers to " + reference + ", which is not there", cause);
    }

    private static Map<String, ConfigProvider> providers() {
        Map<String, ConfigProvider> providers = new TreeMap<>();
        providers.put(ENVIRONMENT, new EnvVarConfigProvider());
        providers.put(DIRECTORY, new DirectoryConfigProvider());
        providers.put(FILE, new FileConfigProvider());
        providers.values().forEach(provider -> provider.configure(Map.of()));
        return providers;
    }

    private static void close(ConfigProvider provider) {
        Utils.closeQuietly(provider, "provider of secrets");
    }
}
