package io.tramontane.jobs.kernel.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
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
import java.util.List;
import java.util.Locale;

/** The keys that a record of settings stands for: components in kebab-case, nested records as sections. */
public final class ConfigSchema {

    private ConfigSchema() {}

    /** Every key that takes a value in these sections, in the order of the records. */
    public static List<ConfigKey> keys(Class<? extends Record> sections) {
        List<ConfigKey> keys = new ArrayList<>();
        collect(sections, "", keys);
        return List.copyOf(keys);
    }

    private static void collect(Class<?> type, String prefix, List<ConfigKey> keys) {
        for (RecordComponent component : type.getRecordComponents()) {
            String path = prefix + keyOf(component.getName());
            if (isSection(component.getGenericType())) {
                collect(component.getType(), path + ".", keys);
            } else {
                keys.add(new ConfigKey(path, component.getGenericType(), values(component), meaning(component)));
            }
        }
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
        String type = describe(component.getGenericType());
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
