package io.tramontane.jobs.kernel.config;

import io.tramontane.schemas.plugin.Plugin;
import io.tramontane.schemas.plugin.PluginException;
import io.tramontane.schemas.plugin.PluginSections;
import io.tramontane.schemas.plugin.Plugins;
import io.tramontane.schemas.plugin.SettingsOfPlugin;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The plug-ins that sections of a configuration take. One that no configuration could set is refused by its name. */
final class PluginCatalogue {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*([-_][a-z0-9]+)*");

    private final Map<Class<?>, Plugins<?>> byKind = new HashMap<>();

    /** How a component's settings of a plug-in are found; empty if it holds none. */
    static Optional<SettingsOfPlugin> place(RecordComponent component) {
        return Optional.ofNullable(component.getAnnotation(SettingsOfPlugin.class));
    }

    /** Whether a component's keys stand in the section of its record. */
    static boolean besideOthers(RecordComponent component) {
        return component.isAnnotationPresent(PluginSections.class)
                || place(component).filter(place -> !place.ownSection()).isPresent();
    }

    /** Whether a component holds settings of one or more plug-ins. */
    static boolean ofPlugins(RecordComponent component) {
        return component.isAnnotationPresent(PluginSections.class)
                || place(component).isPresent();
    }

    /** The record of one section of a component that is annotated {@link PluginSections}. */
    static Class<?> sectionType(RecordComponent component) {
        return (Class<?>) ValueType.lastArgument(component.getGenericType());
    }

    /** The place of a section's plug-in: that of the record of a section. */
    static SettingsOfPlugin placeIn(Class<?> sectionType) {
        return Arrays.stream(sectionType.getRecordComponents())
                .flatMap(component -> place(component).stream())
                .filter(place -> place.chosenBy().isEmpty())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(sectionType + " has no settings of a plug-in"));
    }

    static RecordComponent[] settings(Plugin<?> plugin) {
        return plugin.defaults().getClass().getRecordComponents();
    }

    static List<String> keys(Plugin<?> plugin) {
        return Arrays.stream(settings(plugin))
                .map(component -> ConfigSchema.keyOf(component.getName()))
                .toList();
    }

    /**
     * The plug-ins for a place.
     *
     * @throws PluginException if one of them cannot be used
     */
    Plugins<?> of(SettingsOfPlugin place) {
        return byKind.computeIfAbsent(place.value(), type -> {
            @SuppressWarnings("unchecked") // a class literal has no arguments of types
            Class<Plugin<?>> kind = (Class<Plugin<?>>) (Class<?>) place.value();
            Plugins<Plugin<?>> plugins = Plugins.onClassPath(kind, place.kind());
            plugins.all().forEach(plugin -> check(plugin, place.kind()));
            return plugins;
        });
    }

    private static void check(Plugin<?> plugin, String kind) {
        if (!NAME.matcher(plugin.name()).matches()) {
            throw unusable(plugin, kind, "its name must be lower case, words joined by hyphens");
        }
        if (plugin.defaults() == null) {
            throw unusable(plugin, kind, "it has no defaults()");
        }
        for (RecordComponent component : settings(plugin)) {
            Type type = component.getGenericType();
            Type value = ValueType.isList(type) ? ValueType.lastArgument(type) : type;
            if (ValueType.of(value).isEmpty()) {
                throw unusable(
                        plugin,
                        kind,
                        "no configuration can hold its setting '" + component.getName() + "' of type "
                                + type.getTypeName());
            }
        }
    }

    /** A section cannot tell two settings of one key apart. */
    static void requireKeysOfItsOwn(
            Plugin<?> plugin, SettingsOfPlugin place, String section, Collection<String> frame) {
        for (String key : keys(plugin)) {
            if (frame.contains(key)) {
                throw unusable(
                        plugin,
                        place.kind(),
                        "each " + place.kind() + " in " + section + " has a key '" + key
                                + "', so its setting of that name needs another");
            }
        }
    }

    /** A section called like the plug-in must not be there already. */
    static void requireNameOfItsOwn(
            Plugin<?> plugin, SettingsOfPlugin place, String section, Collection<String> frame) {
        if (frame.contains(plugin.name())) {
            throw unusable(
                    plugin,
                    place.kind(),
                    (section.isEmpty() ? "" : section + ".") + plugin.name()
                            + " is a key already; it needs another name");
        }
    }

    private static PluginException unusable(Plugin<?> plugin, String kind, String why) {
        return new PluginException("the " + kind + " '" + plugin.name() + "' ("
                + plugin.getClass().getName() + ") cannot be used: " + why);
    }
}
