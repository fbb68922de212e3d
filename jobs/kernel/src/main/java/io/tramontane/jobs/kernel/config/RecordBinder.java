package io.tramontane.jobs.kernel.config;

import io.tramontane.schemas.plugin.Plugin;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Makes records of what was written. A value that does not fit is noted as a problem and the default stands in for it,
 * so that everything else is checked in the same pass.
 */
final class RecordBinder {

    /** In the defaults of a section: it has further keys, those of plug-ins. */
    static final String ANY_PLUGIN = "*";

    private final ConfigNode.Section defaults;
    private final List<String> knownPaths;
    private final List<ConfigProblem> problems;
    private final Set<String> failedKeys = new TreeSet<>();
    private final PluginBinder plugins;

    RecordBinder(ConfigNode.Section defaults, List<String> knownPaths, List<ConfigProblem> problems) {
        this.defaults = defaults;
        this.knownPaths = knownPaths;
        this.problems = problems;
        this.plugins = new PluginBinder(this, defaults, problems);
    }

    /** Keys whose value could not be used; the records hold the default in its place. */
    Set<String> failedKeys() {
        return failedKeys;
    }

    /**
     * Whether a plug-in that was asked for, or a setting that one must have, is not there, and nothing can stand in.
     */
    boolean incomplete() {
        return plugins.incomplete();
    }

    <R> R bind(Class<R> type, ConfigNode.Section written) {
        return type.cast(record(type, written, ""));
    }

    /** A section of a part that this program is without: its keys are those that have a default. */
    private void otherPart(ConfigNode.Section standard, ConfigNode node, String path) {
        try {
            requireValue(node);
            Set<String> known = new TreeSet<>(standard.entries().keySet());
            known.removeIf(key -> key.endsWith("[]"));
            boolean open = known.remove(ANY_PLUGIN);
            section(node).entries().forEach((key, entry) -> {
                String entryPath = path + "." + key;
                ConfigNode below = standard.entries().get(key);
                if (!known.contains(key) && below != entry) {
                    if (open) {
                        return;
                    }
                    reportUnknown(entryPath, entry, known);
                } else if (below instanceof ConfigNode.Section section
                        && !section.entries().isEmpty()) {
                    otherPart(section, entry, entryPath);
                }
            });
        } catch (IllegalArgumentException e) {
            problems.add(new ConfigProblem(node.origin(), path, e.getMessage()));
        }
    }

    private Object value(Type type, ConfigNode node, String path) {
        return attempt(() -> converted(type, node, path), node, path)
                .orElseGet(() -> defaults.find(path)
                        .filter(given -> given != node)
                        .map(given -> converted(type, given, path))
                        .orElse(null));
    }

    /** What is made of a node; empty if it does not fit, which is noted. */
    Optional<Object> attempt(Supplier<Object> conversion, ConfigNode node, String path) {
        try {
            return Optional.of(conversion.get());
        } catch (IllegalArgumentException e) {
            problems.add(new ConfigProblem(node.origin(), path, e.getMessage()));
            failedKeys.add(path);
            return Optional.empty();
        }
    }

    Object converted(Type type, ConfigNode node, String path) {
        requireValue(node);
        if (ConfigSchema.isSection(type)) {
            return record((Class<?>) type, section(node), path);
        }
        if (ValueType.isList(type)) {
            return list(ValueType.lastArgument(type), node, path);
        }
        if (ValueType.isMap(type)) {
            return map(ValueType.lastArgument(type), node, path);
        }
        if (!(node instanceof ConfigNode.Scalar scalar)) {
            throw new IllegalArgumentException("must be a single value, not " + node.kind());
        }
        ValueType valueType = ValueType.of(type)
                .orElseThrow(() -> new IllegalStateException("no configuration can hold a " + type.getTypeName()));
        return valueType.parse(scalar.text(), (Class<?>) type);
    }

    private static void requireValue(ConfigNode node) {
        if (node instanceof ConfigNode.Scalar scalar && scalar.absent()) {
            throw new IllegalArgumentException("has no value; give it one, or remove the line to get the default");
        }
    }

    static ConfigNode.Section section(ConfigNode node) {
        if (node instanceof ConfigNode.Section section) {
            return section;
        }
        throw new IllegalArgumentException("must be a section of keys and values, not " + node.kind());
    }

    private List<Object> list(Type elementType, ConfigNode node, String path) {
        if (!(node instanceof ConfigNode.Sequence sequence)) {
            throw new IllegalArgumentException("must be a list such as [a, b], not " + node.kind());
        }
        return ConfigSchema.isSection(elementType)
                ? sections((Class<?>) elementType, sequence, path)
                : sequence.elements().stream()
                        .map(element -> converted(elementType, element, path))
                        .toList();
    }

    /**
     * A list of sections; empty if one of them has a problem, so that no record with a hole goes on. What an element
     * does not say is taken from the defaults of elements, which stand beside the list.
     */
    private List<Object> sections(Class<?> elementType, ConfigNode.Sequence sequence, String path) {
        ConfigNode.Section standard = elementDefaults(path)
                .map(ConfigNode.Section.class::cast)
                .orElseGet(() -> new ConfigNode.Section(sequence.origin(), Map.of()));
        int problemsBefore = problems.size();
        List<Object> elements = new ArrayList<>();
        for (ConfigNode element : sequence.elements()) {
            String elementPath = path + "[" + elements.size() + "]";
            elements.add(value(elementType, merged(standard, element), elementPath));
        }
        return problems.size() == problemsBefore ? elements : List.of();
    }

    static ConfigNode merged(ConfigNode.Section standard, ConfigNode element) {
        return element instanceof ConfigNode.Section section ? standard.mergedWith(section) : element;
    }

    private Optional<ConfigNode> elementDefaults(String listPath) {
        return defaults.find(listPath + "[]");
    }

    Map<String, Object> map(Type valueType, ConfigNode node, String path) {
        Map<String, Object> entries = new LinkedHashMap<>();
        section(node).entries().forEach((key, entry) -> {
            Object value = value(valueType, entry, path + "." + key);
            if (value != null) {
                entries.put(key, value);
            }
        });
        return entries;
    }

    private Object record(Class<?> type, ConfigNode.Section section, String path) {
        return record(type, section, path, Optional.empty());
    }

    /** @param named the plug-in after which the section is called */
    Object record(Class<?> type, ConfigNode.Section section, String path, Optional<Plugin<?>> named) {
        String prefix = path.isEmpty() ? "" : path + ".";
        RecordComponent[] components = type.getRecordComponents();
        Object[] arguments = new Object[components.length];
        Map<String, ConfigNode> unknown = new LinkedHashMap<>(section.entries());
        Set<String> known = new TreeSet<>();
        defaults.find(prefix + ANY_PLUGIN).ifPresent(standard -> unknown.remove(ANY_PLUGIN, standard));
        for (int index = 0; index < components.length; index++) {
            if (!PluginCatalogue.ofPlugins(components[index])) {
                String key = ConfigSchema.keyOf(components[index].getName());
                known.add(key);
                ConfigNode node = unknown.remove(key);
                elementDefaults(prefix + key).ifPresent(standard -> unknown.remove(key + "[]", standard));
                arguments[index] = node == null
                        ? missing(section, prefix + key)
                        : value(components[index].getGenericType(), node, prefix + key);
            }
        }
        PluginBinder.Rest rest = new PluginBinder.Rest(section, prefix, components, arguments, unknown, known);
        for (int index = 0; index < components.length; index++) {
            if (PluginCatalogue.ofPlugins(components[index])) {
                arguments[index] = plugins.bind(components[index], named, rest);
            }
        }
        unknown.forEach((key, node) -> {
            if (path.isEmpty() && defaults.entries().get(key) instanceof ConfigNode.Section standard) {
                otherPart(standard, node, key);
            } else {
                String absentPlugin = node instanceof ConfigNode.Section ? PluginHints.absent(key, components) : "";
                reportUnknown(prefix + key, node, known, absentPlugin);
            }
        });
        return construct(type, components, arguments);
    }

    /** Elements of lists and plug-ins alone can lack a value: every other key has a default. */
    Object missing(ConfigNode.Section section, String path) {
        boolean ofAnElement = path.indexOf('[') >= 0;
        boolean ofAPlugin = path.indexOf('.') >= 0
                && defaults.find(path.substring(0, path.lastIndexOf('.'))).isEmpty();
        if (!ofAnElement && !ofAPlugin) {
            throw new IllegalStateException(path + " has no default");
        }
        return mustBeGiven(section, path);
    }

    Object mustBeGiven(ConfigNode.Section section, String path) {
        problems.add(new ConfigProblem(section.origin(), path, "must be given"));
        failedKeys.add(path);
        return null;
    }

    void reportUnknown(String path, ConfigNode node, Set<String> siblings) {
        reportUnknown(path, node, siblings, "");
    }

    /** @param absentPlugin that the key is no plug-in's either; empty where none could stand */
    private void reportUnknown(String path, ConfigNode node, Set<String> siblings, String absentPlugin) {
        String hint = KeySuggestion.forUnknown(path, siblings, knownPaths)
                .map(suggestion -> "; did you mean " + suggestion + "?")
                .orElse("; known here: " + String.join(", ", siblings) + absentPlugin);
        problems.add(new ConfigProblem(node.origin(), path, "unknown key" + hint));
    }

    static Object construct(Class<?> type, RecordComponent[] components, Object[] arguments) {
        try {
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException invalid) {
                throw invalid;
            }
            throw new IllegalStateException("cannot make " + type, e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + type, e);
        }
    }
}
