package io.tramontane.jobs.kernel.config;

import io.tramontane.schemas.plugin.Plugin;
import io.tramontane.schemas.plugin.PluginSections;
import io.tramontane.schemas.plugin.Plugins;
import io.tramontane.schemas.plugin.SettingsOfPlugin;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Makes the settings of plug-ins of what a section says; what it does not say is the plug-in's default. */
final class PluginBinder {

    private final RecordBinder values;
    private final ConfigNode.Section defaults;
    private final List<ConfigProblem> problems;
    private final PluginCatalogue catalogue = new PluginCatalogue();
    private boolean incomplete;

    PluginBinder(RecordBinder values, ConfigNode.Section defaults, List<ConfigProblem> problems) {
        this.values = values;
        this.defaults = defaults;
        this.problems = problems;
    }

    /** Whether a plug-in, or a setting that one must have, is missing and nothing can stand in. */
    boolean incomplete() {
        return incomplete;
    }

    /**
     * What is left of a section for the plug-ins that its record takes, once its other keys are read.
     *
     * @param arguments of the record, by component
     * @param unknown what is left of the section; what a plug-in takes is removed
     * @param known the keys that the section has; those of its plug-ins are added
     */
    record Rest(
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

        /** Where the name stands. */
        ConfigNode chosenAt(SettingsOfPlugin place) {
            return section.entries().getOrDefault(ConfigSchema.keyOf(place.chosenBy()), section);
        }

        /** The dotted key of the section. */
        String path() {
            return prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1);
        }
    }

    /**
     * The value of a component that holds settings of plug-ins.
     *
     * @param named the plug-in after which the section is called
     */
    Object bind(RecordComponent component, Optional<Plugin<?>> named, Rest rest) {
        if (component.isAnnotationPresent(PluginSections.class)) {
            return pluginSections(PluginCatalogue.sectionType(component), rest);
        }
        SettingsOfPlugin place = PluginCatalogue.place(component).orElseThrow();
        if (place.ownSection()) {
            return ownSection(place, ConfigSchema.keyOf(component.getName()), rest);
        }
        return named.map(plugin -> settings(plugin, rest)).orElseGet(() -> chosen(place, rest));
    }

    /** The settings of the plug-in that a key beside them names. */
    private Object chosen(SettingsOfPlugin place, Rest rest) {
        Plugins<?> plugins = catalogue.of(place);
        String name = rest.name(place);
        Optional<? extends Plugin<?>> plugin = plugins.find(name);
        if (plugin.isEmpty()) {
            return unknown(name, place, plugins, rest);
        }
        Object settings = settings(plugin.get(), rest);
        rest.unknown().entrySet().removeIf(entry -> {
            Optional<String> hint = PluginHints.ofAnother(entry.getKey(), plugin.get(), place, plugins);
            hint.ifPresent(message -> problems.add(
                    new ConfigProblem(entry.getValue().origin(), rest.prefix() + entry.getKey(), message)));
            return hint.isPresent();
        });
        return settings;
    }

    /** Notes that there is no such plug-in; of the other keys only those are wrong that no plug-in takes. */
    private Object unknown(String name, SettingsOfPlugin place, Plugins<?> plugins, Rest rest) {
        String key = rest.prefix() + ConfigSchema.keyOf(place.chosenBy());
        incomplete = true;
        if (values.failedKeys().add(key)) {
            problems.add(new ConfigProblem(
                    rest.chosenAt(place).origin(), key, PluginHints.unknownName(name, place.kind(), plugins)));
        }
        plugins.all().forEach(any -> rest.unknown().keySet().removeAll(PluginCatalogue.keys(any)));
        return defaults.find(key)
                .map(ConfigNode.Scalar.class::cast)
                .flatMap(standard -> plugins.find(standard.text()))
                .<Object>map(Plugin::defaults)
                .orElse(null);
    }

    /** The settings of this plug-in: what the section says, for the rest the plug-in's defaults. */
    private Object settings(Plugin<?> plugin, Rest rest) {
        Record standard = (Record) plugin.defaults();
        RecordComponent[] components = PluginCatalogue.settings(plugin);
        Object[] arguments = new Object[components.length];
        for (int index = 0; index < components.length; index++) {
            String key = ConfigSchema.keyOf(components[index].getName());
            String path = rest.prefix() + key;
            Type type = components[index].getGenericType();
            Object otherwise = ConfigWriter.valueOf(standard, components[index]);
            ConfigNode node = rest.unknown().remove(key);
            rest.known().add(key);
            if (node != null) {
                arguments[index] = values.attempt(() -> values.converted(type, node, path), node, path)
                        .orElse(otherwise);
            } else if (otherwise == null) {
                incomplete = true;
                arguments[index] = values.mustBeGiven(rest.section(), path);
            } else {
                arguments[index] = otherwise;
            }
        }
        return values.attempt(
                        () -> RecordBinder.construct(standard.getClass(), components, arguments),
                        rest.section(),
                        rest.path())
                .orElse(standard);
    }

    /** The settings of a plug-in in a section of their own; text by key if the name is no plug-in's. */
    private Object ownSection(SettingsOfPlugin place, String key, Rest rest) {
        String path = rest.prefix() + key;
        rest.known().add(key);
        ConfigNode node = rest.unknown().remove(key);
        if (node == null) {
            return values.missing(rest.section(), path);
        }
        Optional<? extends Plugin<?>> plugin = catalogue.of(place).find(rest.name(place));
        return values.attempt(
                        () -> plugin.isPresent()
                                ? own(plugin.get(), RecordBinder.section(node), path)
                                : values.map(String.class, node, path),
                        node,
                        path)
                .orElse(null);
    }

    /** All keys of a section are this plug-in's. */
    private Object own(Plugin<?> plugin, ConfigNode.Section section, String path) {
        Rest rest = new Rest(
                section,
                path + ".",
                new RecordComponent[0],
                new Object[0],
                new LinkedHashMap<>(section.entries()),
                new TreeSet<>());
        Object settings = settings(plugin, rest);
        rest.unknown().forEach((key, node) -> values.reportUnknown(path + "." + key, node, rest.known()));
        return settings;
    }

    /** The sections called like plug-ins; one of which a value is missing is left out, so that none has a hole. */
    private Map<String, Object> pluginSections(Class<?> type, Rest rest) {
        Plugins<?> plugins = catalogue.of(PluginCatalogue.placeIn(type));
        rest.known().addAll(plugins.names());
        ConfigNode.Section standard = defaults.find(rest.prefix() + RecordBinder.ANY_PLUGIN)
                .map(ConfigNode.Section.class::cast)
                .orElseGet(() -> new ConfigNode.Section(rest.section().origin(), Map.of()));
        Map<String, Object> sections = new LinkedHashMap<>();
        for (String name : List.copyOf(rest.unknown().keySet())) {
            plugins.find(name).ifPresent(plugin -> {
                ConfigNode node = rest.unknown().remove(name);
                pluginSection(type, plugin, standard, node, rest.prefix() + name)
                        .ifPresent(section -> sections.put(name, section));
            });
        }
        return sections;
    }

    private Optional<Object> pluginSection(
            Class<?> type, Plugin<?> plugin, ConfigNode.Section standard, ConfigNode written, String path) {
        Function<ConfigNode, Object> binding = node -> values.record(
                type, RecordBinder.section(RecordBinder.merged(standard, node)), path, Optional.of(plugin));
        return values.attempt(() -> binding.apply(written), written, path)
                .or(() -> defaults.find(path).map(binding))
                .filter(section -> Arrays.stream(type.getRecordComponents())
                        .allMatch(component -> ConfigWriter.valueOf((Record) section, component) != null));
    }
}
