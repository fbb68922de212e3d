package io.tramontane.jobs.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts a configuration together: the defaults, over them a preset, over it the user's file, over it single settings.
 * Everything that is wrong in any of them is reported at once.
 *
 * <pre>{@code
 * TramontaneConfig config = new ConfigLoader().file(path).set("training.maximum-steps=20").load();
 * }</pre>
 */
public final class ConfigLoader {

    private static final String DEFAULTS = "defaults.yaml";
    private static final String CLIENT_PROPERTIES = "kafka.properties.";

    private final List<ConfigProblem> problems = new ArrayList<>();
    private final List<String> paths =
            ConfigSchema.keys().stream().map(ConfigKey::path).toList();
    private final ConfigNode.Section defaults = resource(ConfigLoader.class, DEFAULTS, "default");
    private ConfigNode.Section written = defaults;

    /** Adds a preset that ships beside {@code owner} in its package. */
    public ConfigLoader preset(Class<?> owner, String name) {
        written = written.mergedWith(resource(owner, name, "preset"));
        return this;
    }

    /** Adds the user's file. */
    public ConfigLoader file(Path file) {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            written = written.mergedWith(ConfigYaml.readFile(file.getFileName().toString(), reader, problems));
        } catch (NoSuchFileException e) {
            problems.add(new ConfigProblem(new Origin(file.toString(), 0), "", "there is no such configuration file"));
        } catch (MalformedInputException e) {
            problems.add(new ConfigProblem(new Origin(file.toString(), 0), "", "not UTF-8"));
        } catch (IOException e) {
            problems.add(new ConfigProblem(new Origin(file.toString(), 0), "", "cannot be read: " + e.getMessage()));
        }
        return this;
    }

    /** Adds one setting, {@code key=value} with a dotted key; lists and maps are written in YAML. */
    public ConfigLoader set(String assignment) {
        int equals = assignment.indexOf('=');
        String option = "--set " + assignment;
        if (equals < 1) {
            problems.add(new ConfigProblem(new Origin(option, 0), "", "must have the form key=value"));
            return this;
        }
        String key = assignment.substring(0, equals).strip();
        // The value may be a password that should not have been there; an error must not repeat it.
        return option(
                key.startsWith(CLIENT_PROPERTIES) ? "--set " + key : option, key, assignment.substring(equals + 1));
    }

    /**
     * Adds one setting that a command-line option of its own stands for.
     *
     * @param option as the user wrote it, for errors
     */
    public ConfigLoader option(String option, String key, String value) {
        ConfigNode node = takesOneValue(key)
                ? new ConfigNode.Scalar(new Origin(option, 0), value, false)
                : ConfigYaml.readValue(option, new StringReader(value), problems);
        List<String> parts = parts(key);
        for (int index = parts.size() - 1; index >= 0; index--) {
            Map<String, ConfigNode> entries = new LinkedHashMap<>();
            entries.put(parts.get(index), node);
            node = new ConfigNode.Section(new Origin(option, 0), entries);
        }
        written = written.mergedWith((ConfigNode.Section) node);
        return this;
    }

    /** A single value is taken as it is, so that a pattern or a path needs no quotes; lists and maps are YAML. */
    private static boolean takesOneValue(String key) {
        return ConfigSchema.keys().stream()
                .filter(known -> known.path().equals(key))
                .noneMatch(known -> ValueType.isList(known.type()) || ValueType.isMap(known.type()));
    }

    /** Dots separate sections; what follows the name of a map is one key of it, dots and all. */
    private static List<String> parts(String key) {
        for (ConfigKey known : ConfigSchema.keys()) {
            if (ValueType.isMap(known.type()) && key.startsWith(known.path() + ".")) {
                List<String> parts = new ArrayList<>(List.of(known.path().split("\\.")));
                parts.add(key.substring(known.path().length() + 1));
                return parts;
            }
        }
        return List.of(key.split("\\."));
    }

    /** @throws ConfigException naming everything that is wrong */
    public TramontaneConfig load() {
        RecordBinder binder = new RecordBinder(defaults, paths, problems);
        TramontaneConfig config = binder.bind(TramontaneConfig.class, written);
        problems.addAll(new ConfigValidation(written, binder.failedKeys()).problems(config));
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return config;
    }

    /**
     * What an element of a list of sections has by default, {@code reward.custom[].enabled}; empty if it must be given.
     */
    public static Optional<String> elementDefault(String path) {
        return resource(ConfigLoader.class, DEFAULTS, "default")
                .find(path)
                .map(node -> node instanceof ConfigNode.Scalar scalar ? scalar.text() : "{}");
    }

    /** What {@link #load()} checks: values of the right type in their places. */
    TramontaneConfig unchecked() {
        return new RecordBinder(defaults, paths, problems).bind(TramontaneConfig.class, written);
    }

    private static ConfigNode.Section resource(Class<?> owner, String name, String title) {
        List<ConfigProblem> broken = new ArrayList<>();
        try (InputStream stream = owner.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is missing beside " + owner.getName());
            }
            ConfigNode.Section section =
                    ConfigYaml.readResource(title, new InputStreamReader(stream, StandardCharsets.UTF_8), broken);
            if (!broken.isEmpty()) {
                throw new ConfigException(broken);
            }
            return section;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
