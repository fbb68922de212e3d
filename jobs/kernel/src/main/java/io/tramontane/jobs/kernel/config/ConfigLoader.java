package io.tramontane.jobs.kernel.config;

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
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Puts a configuration together: the defaults, over them a preset, over it the user's file, over it single settings.
 * Everything that is wrong in any of them is reported at once.
 *
 * <pre>{@code
 * ConfigLoader.of(JobConfig.class, JobChecks::of).file(path).set("training.maximum-steps=20").load();
 * }</pre>
 *
 * <p>Each program binds the sections it knows. The defaults name every section and key there is, also those of parts
 * that are not on this program's class path: of these, keys are checked and values are left to the parts that use them.
 * Where a section takes plug-ins, the chosen one gives its keys and their defaults; a part that is not on the class
 * path leaves keys alone where the defaults have a key {@code '*'}.
 *
 * @param <R> a record with a component for each section
 */
public final class ConfigLoader<R extends Record> {

    private static final String DEFAULTS = "defaults.yaml";
    private static final String PRESETS = "presets.yaml";
    private static final String FORMER_KEYS = "former-keys.yaml";
    private static final String CLIENT_PROPERTIES = "kafka.properties.";

    private final List<ConfigProblem> problems = new ArrayList<>();
    private final Class<R> sections;
    private final Function<R, List<ConfigFinding>> checks;
    private final List<ConfigKey> keys;
    private final ConfigNode.Section defaults;
    private final FormerKeys former;
    private ConfigNode.Section written;

    /**
     * @param defaults a value for every key, except those of plug-ins
     * @param former keys that are gone
     */
    ConfigLoader(
            Class<R> sections,
            Function<R, List<ConfigFinding>> checks,
            ConfigNode.Section defaults,
            FormerKeys former) {
        this.defaults = defaults;
        this.written = defaults;
        this.former = former;
        this.sections = sections;
        this.checks = checks;
        this.keys = Stream.concat(
                        ConfigSchema.keys(sections).stream(),
                        ConfigSchema.pluginKeys(sections).stream().flatMap(plugin -> plugin.keys().stream()))
                .toList();
    }

    /** A loader of these sections, each checked by itself. */
    public static <R extends Record> ConfigLoader<R> of(Class<R> sections) {
        return of(sections, config -> List.of());
    }

    /**
     * A loader of these sections.
     *
     * @param checks what must hold between them; asked once each is right by itself
     */
    public static <R extends Record> ConfigLoader<R> of(Class<R> sections, Function<R, List<ConfigFinding>> checks) {
        return new ConfigLoader<>(
                sections, checks, defaults(), new FormerKeys(resource(ConfigLoader.class, FORMER_KEYS, "former keys")));
    }

    /** Adds a preset that ships beside {@code owner} in its package. */
    public ConfigLoader<R> preset(Class<?> owner, String name) {
        written = written.mergedWith(resource(owner, name, "preset"));
        return this;
    }

    /** Adds the user's file. */
    public ConfigLoader<R> file(Path file) {
        return add(file, content -> former.refuse(content, problems));
    }

    /** Adds the configuration that a run was started with, whatever release has stored it. */
    public ConfigLoader<R> stored(Path file) {
        return add(file, former::renew);
    }

    /**
     * The same, except what it holds for some keys and sections, which keep their defaults.
     *
     * @param without dotted paths
     */
    public ConfigLoader<R> stored(Path file, List<String> without) {
        return add(file, content -> {
            ConfigNode.Section left = former.renew(content);
            for (String path : without) {
                left = left.without(path);
            }
            return left;
        });
    }

    private ConfigLoader<R> add(Path file, UnaryOperator<ConfigNode.Section> understood) {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            written = written.mergedWith(
                    understood.apply(ConfigYaml.readFile(file.getFileName().toString(), reader, problems)));
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
    public ConfigLoader<R> set(String assignment) {
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
    public ConfigLoader<R> option(String option, String key, String value) {
        ConfigNode node = takesOneValue(key)
                ? new ConfigNode.Scalar(new Origin(option, 0), value, false)
                : ConfigYaml.readValue(option, new StringReader(value), problems);
        List<String> parts = parts(key);
        for (int index = parts.size() - 1; index >= 0; index--) {
            Map<String, ConfigNode> entries = new LinkedHashMap<>();
            entries.put(parts.get(index), node);
            node = new ConfigNode.Section(new Origin(option, 0), entries);
        }
        written = written.mergedWith(former.refuse((ConfigNode.Section) node, problems));
        return this;
    }

    /** A single value is taken as it is, so that a pattern or a path needs no quotes; lists and maps are YAML. */
    private boolean takesOneValue(String key) {
        return keys.stream()
                .filter(known -> known.path().equals(key))
                .noneMatch(known -> ValueType.isList(known.type()) || ValueType.isMap(known.type()));
    }

    /** Dots separate sections; what follows the name of a map is one key of it, dots and all. */
    private List<String> parts(String key) {
        for (ConfigKey known : keys) {
            if (ValueType.isMap(known.type()) && key.startsWith(known.path() + ".")) {
                List<String> parts = new ArrayList<>(List.of(known.path().split("\\.")));
                parts.add(key.substring(known.path().length() + 1));
                return parts;
            }
        }
        return List.of(key.split("\\."));
    }

    /** @throws ConfigException naming everything that is wrong */
    public R load() {
        written = presets().applied(written);
        RecordBinder binder = binder();
        R config = binder.bind(sections, written);
        // What a plug-in lacks has no default that the rest could be checked against.
        Function<R, List<ConfigFinding>> possible = binder.incomplete() ? any -> List.of() : checks;
        problems.addAll(new ConfigValidation<>(possible, written, binder.failedKeys()).problems(config));
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return config;
    }

    /**
     * What an element of a list of sections has by default, {@code reward.custom[].enabled}, or the section of a
     * plug-in, {@code reward.*.enabled}; empty if it must be given.
     */
    public static Optional<String> elementDefault(String path) {
        return defaults().find(path).map(node -> node instanceof ConfigNode.Scalar scalar ? scalar.text() : "{}");
    }

    /** What {@link #load()} checks: values of the right type in their places, whether they are allowed there or not. */
    public R unchecked() {
        return binder().bind(sections, written);
    }

    private Presets presets() {
        return new Presets(resource(ConfigLoader.class, PRESETS, "preset"), defaults, problems);
    }

    private RecordBinder binder() {
        return new RecordBinder(defaults, keys.stream().map(ConfigKey::path).toList(), problems);
    }

    /** What ships as the value of every key. */
    static ConfigNode.Section defaults() {
        return resource(ConfigLoader.class, DEFAULTS, "default");
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
