package io.tramontane.jobs.kernel.config;

import io.tramontane.schemas.plugin.Plugin;
import io.tramontane.schemas.plugin.PluginSections;
import io.tramontane.schemas.plugin.Plugins;
import io.tramontane.schemas.plugin.SettingsOfPlugin;
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
    private static final String ANY_PLUGIN = "*";

    private final ConfigNode.Section defaults;
    private final List<String> knownPaths;
    private final List<ConfigProblem> problems;
    private final Set<String> failedKeys = new TreeSet<>();
    private final PluginCatalogue catalogue = new PluginCatalogue();
    private boolean incomplete;

    RecordBinder(ConfigNode.Section defaults, List<String> knownPaths, List<ConfigProblem> problems) {
        this.defaults = defaults;
        this.knownPaths = knownPaths;
        this.problems = problems;
    }

    /** Keys whose value could not be used; the records hold the default in its place. */
    Set<String> failedKeys() {
        return failedKeys;
    }

    /**
     * Whether a plug-in that was asked for, or a setting that one must have, is not there, and nothing can stand in.
     */
    boolean incomplete() {
        return incomplete;
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
    private Optional<Object> attempt(Supplier<Object> conversion, ConfigNode node, String path) {
        try {
            return Optional.of(conversion.get());
        } catch (IllegalArgumentException e) {
            problems.add(new ConfigProblem(node.origin(), path, e.getMessage()));
            failedKeys.add(path);
            return Optional.empty();
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
        return record(type, section, path, Optional.empty());
    }

    /** @param named the plug-in after which the section is called */
    private Object record(Class<?> type, ConfigNode.Section section, String path, Optional<Plugin<?>> named) {
        String prefix = path.isEmpty() ? "" : path + ".";
        RecordComponent[] components = type.getRecordComponents();
        Object[] arguments = new Object[components.length];
        Map<String, ConfigNode> unknown = new LinkedHashMap<>(section.entries());
        Set<String> known = new TreeSet<>();
        defaults.find(prefix + ANY_PLUGIN).ifPresent(standard -> unknown.remove(ANY_PLUGIN, standard));
        for (int index = 0; index < components.length; index++) {
            if (PluginCatalogue.place(components[index]).isEmpty()
                    && !PluginCatalogue.besideOthers(components[index])) {
                String key = ConfigSchema.keyOf(components[index].getName());
                known.add(key);
                ConfigNode node = unknown.remove(key);
                elementDefaults(prefix + key).ifPresent(standard -> unknown.remove(key + "[]", standard));
                arguments[index] = node == null
                        ? missing(section, prefix + key)
                        : value(components[index].getGenericType(), node, prefix + key);
            }
        }
        PluginPart part = new PluginPart(section, prefix, components, arguments, unknown, known);
        for (int index = 0; index < components.length; index++) {
            Optional<SettingsOfPlugin> place = PluginCatalogue.place(components[index]);
            if (components[index].isAnnotationPresent(PluginSections.class)) {
                arguments[index] = pluginSections(PluginCatalogue.sectionType(components[index]), part);
            } else if (place.isPresent() && place.get().ownSection()) {
                arguments[index] = ownSection(place.get(), ConfigSchema.keyOf(components[index].getName()), part);
            } else if (place.isPresent()) {
                arguments[index] =
                        named.map(plugin -> settings(plugin, part)).orElseGet(() -> chosen(place.get(), part));
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

    /**
     * A section whose record takes settings of plug-ins, once its other keys are read.
     *
     * @param arguments of the record, by component
     * @param unknown what is left of the section; what a plug-in takes is removed
     * @param known the keys that the section has; those of its plug-ins are added
     */
    private record PluginPart(
            ConfigNode.Section section,
            String prefix,
            RecordComponent[] components,
            Object[] arguments,
            Map<String, ConfigNode> unknown,
            Set<String> known) {

        /** The name of the plug-in that is asked for; empty if there was none that could be read. */
        String name(SettingsOfPlugin place) {
            for (int index = 0; index < components.length; index++) {
                if (components[index].getName().equals(place.chosenBy())) {
                    return arguments[index] == null ? "" : arguments[index].toString();
                }
            }
            throw new IllegalStateException(prefix + ": there is no component " + place.chosenBy());
        }

        ConfigNode chosenAt(SettingsOfPlugin place) {
            return section.entries().getOrDefault(ConfigSchema.keyOf(place.chosenBy()), section);
        }

        String path() {
            return prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1);
        }
    }

    /** The settings of the plug-in that a key beside them names. */
    private Object chosen(SettingsOfPlugin place, PluginPart part) {
        Plugins<?> plugins = catalogue.of(place);
        String name = part.name(place);
        Optional<? extends Plugin<?>> plugin = plugins.find(name);
        if (plugin.isEmpty()) {
            String key = part.prefix() + ConfigSchema.keyOf(place.chosenBy());
            incomplete = true;
            if (failedKeys.add(key)) {
                problems.add(new ConfigProblem(
                        part.chosenAt(place).origin(), key, PluginHints.unknownName(name, place.kind(), plugins)));
            }
            plugins.all().forEach(any -> part.unknown().keySet().removeAll(PluginCatalogue.keys(any)));
            return defaults.find(key)
                    .map(ConfigNode.Scalar.class::cast)
                    .flatMap(standard -> plugins.find(standard.text()))
                    .<Object>map(Plugin::defaults)
                    .orElse(null);
        }
        Object settings = settings(plugin.get(), part);
        part.unknown().entrySet().removeIf(entry -> {
            Optional<String> hint = PluginHints.ofAnother(entry.getKey(), plugin.get(), place, plugins);
            hint.ifPresent(message -> problems.add(
                    new ConfigProblem(entry.getValue().origin(), part.prefix() + entry.getKey(), message)));
            return hint.isPresent();
        });
        return settings;
    }

    /** The settings of this plug-in: what the section says, for the rest the plug-in's defaults. */
    private Object settings(Plugin<?> plugin, PluginPart part) {
        Record standard = (Record) plugin.defaults();
        RecordComponent[] components = PluginCatalogue.settings(plugin);
        Object[] arguments = new Object[components.length];
        for (int index = 0; index < components.length; index++) {
            String key = ConfigSchema.keyOf(components[index].getName());
            String path = part.prefix() + key;
            Type type = components[index].getGenericType();
            Object otherwise = ConfigWriter.valueOf(standard, components[index]);
            ConfigNode node = part.unknown().remove(key);
            part.known().add(key);
            if (node != null) {
                arguments[index] =
                        attempt(() -> converted(type, node, path), node, path).orElse(otherwise);
            } else if (otherwise == null) {
                incomplete = true;
                arguments[index] = mustBeGiven(part.section(), path);
            } else {
                arguments[index] = otherwise;
            }
        }
        return attempt(() -> construct(standard.getClass(), components, arguments), part.section(), part.path())
                .orElse(standard);
    }

    /** The settings of a plug-in in a section of their own; text by key if the name is no plug-in's. */
    private Object ownSection(SettingsOfPlugin place, String key, PluginPart part) {
        String path = part.prefix() + key;
        part.known().add(key);
        ConfigNode node = part.unknown().remove(key);
        if (node == null) {
            return missing(part.section(), path);
        }
        Optional<? extends Plugin<?>> plugin = catalogue.of(place).find(part.name(place));
        return attempt(
                        () -> plugin.isPresent()
                                ? own(plugin.get(), section(node), path)
                                : map(String.class, node, path),
                        node,
                        path)
                .orElse(null);
    }

    private Object own(Plugin<?> plugin, ConfigNode.Section section, String path) {
        PluginPart part = new PluginPart(
                section,
                path + ".",
                new RecordComponent[0],
                new Object[0],
                new LinkedHashMap<>(section.entries()),
                new TreeSet<>());
        Object settings = settings(plugin, part);
        part.unknown().forEach((key, node) -> reportUnknown(path + "." + key, node, part.known()));
        return settings;
    }

    /** The sections called like plug-ins; one of which a value is missing is left out, so that none has a hole. */
    private Map<String, Object> pluginSections(Class<?> type, PluginPart part) {
        Plugins<?> plugins = catalogue.of(PluginCatalogue.placeIn(type));
        part.known().addAll(plugins.names());
        ConfigNode.Section standard = defaults.find(part.prefix() + ANY_PLUGIN)
                .map(ConfigNode.Section.class::cast)
                .orElseGet(() -> new ConfigNode.Section(part.section().origin(), Map.of()));
        Map<String, Object> sections = new LinkedHashMap<>();
        for (String name : List.copyOf(part.unknown().keySet())) {
            plugins.find(name).ifPresent(plugin -> {
                ConfigNode node = part.unknown().remove(name);
                pluginSection(type, plugin, standard, node, part.prefix() + name)
                        .ifPresent(section -> sections.put(name, section));
            });
        }
        return sections;
    }

    private Optional<Object> pluginSection(
            Class<?> type, Plugin<?> plugin, ConfigNode.Section standard, ConfigNode written, String path) {
        Optional<Plugin<?>> named = Optional.of(plugin);
        return attempt(() -> record(type, section(merged(standard, written)), path, named), written, path)
                .or(() -> defaults.find(path).map(given -> record(type, section(merged(standard, given)), path, named)))
                .filter(section -> Arrays.stream(type.getRecordComponents())
                        .allMatch(component -> ConfigWriter.valueOf((Record) section, component) != null));
    }

    /** Elements of lists and plug-ins alone can lack a value: every other key has a default. */
    private Object missing(ConfigNode.Section section, String path) {
        boolean ofAnElement = path.indexOf('[') >= 0;
        boolean ofAPlugin = path.indexOf('.') >= 0
                && defaults.find(path.substring(0, path.lastIndexOf('.'))).isEmpty();
        if (!ofAnElement && !ofAPlugin) {
            throw new IllegalStateException(path + " has no default");
        }
        return mustBeGiven(section, path);
    }

    private Object mustBeGiven(ConfigNode.Section section, String path) {
        problems.add(new ConfigProblem(section.origin(), path, "must be given"));
        failedKeys.add(path);
        return null;
    }

    private void reportUnknown(String path, ConfigNode node, Set<String> siblings) {
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
