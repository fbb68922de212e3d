package io.tramontane.tests.infra;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.FallbackKey;

/** The keys that Flink's configuration has, read from its own option classes. */
final class FlinkKeys {

    /** Keys of parts of Flink that are not on our class path, or that end in a name of the user's. */
    private static final List<String> OTHERS = List.of(
            "kubernetes\\.operator\\.savepoint\\.(format\\.type|history\\.max\\.count)",
            "metrics\\.reporter\\.[a-z]+\\.(factory\\.class|port)");

    private static final Set<String> KEYS = read();

    private FlinkKeys() {}

    /** Every option class of flink-core. */
    private static Set<String> read() {
        Set<String> keys = new HashSet<>();
        try (JarFile core = new JarFile(Path.of(ConfigOption.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toFile())) {
            for (JarEntry entry : Collections.list(core.entries())) {
                if (entry.getName().matches("org/apache/flink/configuration/\\w+Options\\.class")) {
                    collect(keys, entry.getName().replace(".class", "").replace('/', '.'));
                }
            }
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        return keys;
    }

    private static void collect(Set<String> keys, String name) {
        try {
            for (Field field : Class.forName(name).getDeclaredFields()) {
                if (ConfigOption.class.isAssignableFrom(field.getType())
                        && Modifier.isStatic(field.getModifiers())
                        && Modifier.isPublic(field.getModifiers())) {
                    ConfigOption<?> option = (ConfigOption<?>) field.get(null);
                    keys.add(option.key());
                    for (FallbackKey fallback : option.fallbackKeys()) {
                        if (!fallback.isDeprecated()) {
                            keys.add(fallback.getKey());
                        }
                    }
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Those of the given keys that Flink does not know, deprecated ones included. */
    static List<String> unknown(Collection<String> keys) {
        return keys.stream()
                .filter(key -> !KEYS.contains(key) && OTHERS.stream().noneMatch(key::matches))
                .toList();
    }
}
