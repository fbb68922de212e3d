package io.tramontane.jobs.kernel.config;

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

/**
 * Makes records of what was written. A value that does not fit is noted as a problem and the default stands in for it,
 * so that everything else is checked in the same pass.
 */
final class RecordBinder {

    private final ConfigNode.Section defaults;
    private final List<String> knownPaths;
    private final List<ConfigProblem> problems;
    private final Set<String> failedKeys = new TreeSet<>();

    RecordBinder(ConfigNode.Section defaults, List<String> knownPaths, List<ConfigProblem> problems) {
        this.defaults = defaults;
        this.knownPaths = knownPaths;
        this.problems = problems;
    }

    /** Keys whose value could not be used; the records hold the default in its place. */
    Set<String> failedKeys() {
        return failedKeys;
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
            section(node).entries().forEach((key, entry) -> {
                String entryPath = path + "." + key;
                ConfigNode below = standard.entries().get(key);
                if (!known.contains(key) && below != entry) {
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
        try {
            return converted(type, node, path);
        } catch (IllegalArgumentException e) {
            problems.add(new ConfigProblem(node.origin(), path, e.getMessage()));
            failedKeys.add(path);
            Optional<ConfigNode> fallback = defaults.find(path).filter(given -> given != node);
            return fallback.isPresent() ? converted(type, fallback.get(), path) : null;
        }
    }

    private Object converted(Type type, ConfigNode node, String path) {
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

    private static ConfigNode.Section section(ConfigNode node) {
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

    private static ConfigNode merged(ConfigNode.Section standard, ConfigNode element) {
        return element instanceof ConfigNode.Section section ? standard.mergedWith(section) : element;
    }

    private Optional<ConfigNode> elementDefaults(String listPath) {
        return defaults.find(listPath + "[]");
    }

    private Map<String, Object> map(Type valueType, ConfigNode node, String path) {
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
        String prefix = path.isEmpty() ? "" : path + ".";
        RecordComponent[] components = type.getRecordComponents();
        Object[] arguments = new Object[components.length];
        Map<String, ConfigNode> unknown = new LinkedHashMap<>(section.entries());
        Set<String> known = new TreeSet<>();
        for (int index = 0; index < components.length; index++) {
            String key = ConfigSchema.keyOf(components[index].getName());
            known.add(key);
            ConfigNode node = unknown.remove(key);
            elementDefaults(prefix + key).ifPresent(standard -> unknown.remove(key + "[]", standard));
            arguments[index] = node == null
                    ? missing(section, prefix + key)
                    : value(components[index].getGenericType(), node, prefix + key);
        }
        unknown.forEach((key, node) -> {
            if (path.isEmpty() && defaults.entries().get(key) instanceof ConfigNode.Section standard) {
                otherPart(standard, node, key);
            } else {
                reportUnknown(prefix + key, node, known);
            }
        });
        return construct(type, components, arguments);
    }

    /** Elements of lists alone can lack a value: every other key has a default. */
    private Object missing(ConfigNode.Section section, String path) {
        if (path.indexOf('[') < 0) {
            throw new IllegalStateException(path + " has no default");
        }
        problems.add(new ConfigProblem(section.origin(), path, "must be given"));
        failedKeys.add(path);
        return null;
    }

    private void reportUnknown(String path, ConfigNode node, Set<String> siblings) {
        String hint = KeySuggestion.forUnknown(path, siblings, knownPaths)
                .map(suggestion -> "; did you mean " + suggestion + "?")
                .orElse("; known here: " + String.join(", ", siblings));
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
