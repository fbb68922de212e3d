package io.tramontane.jobs.kernel.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.tramontane.schemas.plugin.Plugin;
import io.tramontane.schemas.plugin.PluginException;
import io.tramontane.schemas.plugin.PluginSections;
import io.tramontane.schemas.plugin.SettingsOfPlugin;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The keys that a record of settings stands for: components in kebab-case, nested records as sections. */
public final class ConfigSchema {

    private ConfigSchema() {}

    /**
     * Every key that takes a value in these sections, in the order of the records; those of plug-ins are in
     * {@link #pluginKeys}.
     */
    public static List<ConfigKey> keys(Class<? extends Record> sections) {
        List<ConfigKey> keys = new ArrayList<>();
        collect(sections, "", keys);
        return List.copyOf(keys);
    }

    private static void collect(Class<?> type, String prefix, List<ConfigKey> keys) {
        for (RecordComponent component : type.getRecordComponents()) {
            if (PluginCatalogue.besideOthers(component)) {
                continue;
            }
            String path = prefix + keyOf(component.getName());
            if (isSection(component.getGenericType())) {
                collect(component.getType(), path + ".", keys);
            } else {
                keys.add(key(path, component));
            }
        }
    }

    private static ConfigKey key(String path, RecordComponent component) {
        return new ConfigKey(path, component.getGenericType(), values(component), meaning(component));
    }

    /** Every key of this configuration, those of the plug-ins that it uses among them, in the order it is written. */
    public static List<ConfigKey> keys(Record config) {
        List<ConfigKey> keys = new ArrayList<>();
        collect(config, "", keys);
        return List.copyOf(keys);
    }

    private static void collect(Record settings, String prefix, List<ConfigKey> keys) {
        for (RecordComponent component : settings.getClass().getRecordComponents()) {
            Object value = ConfigWriter.valueOf(settings, component);
            String path = prefix + keyOf(component.getName());
            if (component.isAnnotationPresent(PluginSections.class)) {
                ((Map<?, ?>) value).forEach((name, section) -> collect((Record) section, prefix + name + ".", keys));
            } else if (value instanceof Record nested) {
                collect(nested, PluginCatalogue.besideOthers(component) ? prefix : path + ".", keys);
            } else {
                keys.add(key(path, component));
            }
        }
    }

    /**
     * The keys of every plug-in on the class path that these sections take, by section and in the order in which they
     * are found.
     *
     * @throws PluginException if one of them cannot be used
     */
    public static List<PluginKeys> pluginKeys(Class<? extends Record> sections) {
        List<PluginKeys> found = new ArrayList<>();
        collectPlugins(sections, "", new PluginCatalogue(), found);
        return List.copyOf(found);
    }

    private static void collectPlugins(
            Class<?> type, String prefix, PluginCatalogue catalogue, List<PluginKeys> found) {
        String section = prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1);
        Set<String> frame = frameKeys(type);
        for (RecordComponent component : type.getRecordComponents()) {
            Optional<SettingsOfPlugin> place = PluginCatalogue.place(component);
            if (component.isAnnotationPresent(PluginSections.class)) {
                sectionsOfPlugins(PluginCatalogue.sectionType(component), section, frame, catalogue, found);
            } else if (place.isPresent()) {
                settingsOfPlugins(place.get(), section, frame, catalogue, found);
            } else if (isSection(component.getGenericType())) {
                collectPlugins(component.getType(), prefix + keyOf(component.getName()) + ".", catalogue, found);
            }
        }
    }

    private static void settingsOfPlugins(
            SettingsOfPlugin place,
            String section,
            Set<String> frame,
            PluginCatalogue catalogue,
            List<PluginKeys> found) {
        if (place.chosenBy().isEmpty()) {
            return;
        }
        for (Plugin<?> plugin : catalogue.of(place).all()) {
            PluginCatalogue.requireKeysOfItsOwn(plugin, place, section, frame);
            found.add(pluginKeys(plugin, section, Optional.of(keyOf(place.chosenBy())), List.of()));
        }
    }

    private static void sectionsOfPlugins(
            Class<?> type, String around, Set<String> frame, PluginCatalogue catalogue, List<PluginKeys> found) {
        SettingsOfPlugin place = PluginCatalogue.placeIn(type);
        for (Plugin<?> plugin : catalogue.of(place).all()) {
            String section = (around.isEmpty() ? "" : around + ".") + plugin.name();
            PluginCatalogue.requireNameOfItsOwn(plugin, place, around, frame);
            PluginCatalogue.requireKeysOfItsOwn(plugin, place, section, frameKeys(type));
            List<ConfigKey> common = new ArrayList<>();
            collect(type, section + ".", common);
            found.add(pluginKeys(plugin, section, Optional.empty(), common));
        }
    }

    private static PluginKeys pluginKeys(
            Plugin<?> plugin, String section, Optional<String> chosenBy, List<ConfigKey> common) {
        List<ConfigKey> keys = new ArrayList<>(common);
        Map<String, String> defaults = new HashMap<>();
        Record standard = (Record) plugin.defaults();
        for (RecordComponent component : PluginCatalogue.settings(plugin)) {
            String path = (section.isEmpty() ? "" : section + ".") + keyOf(component.getName());
            keys.add(key(path, component));
            Object value = ConfigWriter.valueOf(standard, component);
            if (value != null) {
                defaults.put(path, ConfigWriter.written(value).toString());
            }
        }
        return new PluginKeys(section, chosenBy, plugin.name(), keys, defaults);
    }

    /** The keys of a record that stand in its section by themselves. */
    static Set<String> frameKeys(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> !PluginCatalogue.besideOthers(component))
                .map(component -> keyOf(component.getName()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The keys of an element of a list of sections, {@code reward.custom[].name}; none for any other key. Their
     * defaults stand beside the list, under its name with brackets.
     */
    public static List<ConfigKey> elementKeys(ConfigKey list) {
        if (!isListOfSections(list.type())) {
            return List.of();
        }
        List<ConfigKey> keys = new ArrayList<>();
        collect((Class<?>) ValueType.lastArgument(list.type()), list.path() + "[].", keys);
        return List.copyOf(keys);
    }

    static boolean isSection(Type type) {
        return type instanceof Class<?> plain && plain.isRecord();
    }

    static boolean isListOfSections(Type type) {
        return ValueType.isList(type) && isSection(ValueType.lastArgument(type));
    }

    /** {@code maximumGradientNorm} is written {@code maximum-gradient-norm}. */
    static String keyOf(String componentName) {
        return componentName.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    private static String meaning(RecordComponent component) {
        JsonPropertyDescription description = component.getAccessor().getAnnotation(JsonPropertyDescription.class);
        return description == null ? "" : description.value();
    }

    private static String values(RecordComponent component) {
        String type = PluginCatalogue.place(component)
                .map(place -> "settings of the " + place.kind())
                .orElseGet(() -> describe(component.getGenericType()));
        List<String> bounds = bounds(component.getAccessor());
        return bounds.isEmpty() ? type : type + " " + String.join(", ", bounds);
    }

    private static String describe(Type type) {
        if (isListOfSections(type)) {
            return "list of sections";
        }
        if (ValueType.isList(type)) {
            return "list of " + describe(ValueType.lastArgument(type));
        }
        if (ValueType.isMap(type)) {
            return "keys with " + describe(ValueType.lastArgument(type));
        }
        return ValueType.of(type)
                .map(value -> value.describe((Class<?>) type))
                .orElseThrow(() -> new IllegalStateException("no configuration can hold a " + type.getTypeName()));
    }

    private static List<String> bounds(AnnotatedElement element) {
        List<String> bounds = new ArrayList<>();
        if (element.isAnnotationPresent(Positive.class)) {
            bounds.add("> 0");
        }
        if (element.isAnnotationPresent(PositiveOrZero.class)) {
            bounds.add("≥ 0");
        }
        if (element.isAnnotationPresent(Min.class)) {
            bounds.add("≥ " + element.getAnnotation(Min.class).value());
        }
        if (element.isAnnotationPresent(DecimalMin.class)) {
            DecimalMin minimum = element.getAnnotation(DecimalMin.class);
            bounds.add((minimum.inclusive() ? "≥ " : "> ") + minimum.value());
        }
        if (element.isAnnotationPresent(Max.class)) {
            bounds.add("≤ " + element.getAnnotation(Max.class).value());
        }
        if (element.isAnnotationPresent(DecimalMax.class)) {
            DecimalMax maximum = element.getAnnotation(DecimalMax.class);
            bounds.add((maximum.inclusive() ? "≤ " : "< ") + maximum.value());
        }
        return bounds;
    }
}
