package io.tramontane.jobs.kernel.config;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.function.Function;

/** Makes configurations of the sections of others. */
public final class ConfigSections {

    private ConfigSections() {}

    /**
     * The sections that a part of the program knows.
     *
     * @param wanted a record whose sections are all among those of {@code config}, under the same names
     */
    public static <R extends Record> R of(Class<R> wanted, Record config) {
        return make(
                wanted,
                component -> Arrays.stream(config.getClass().getRecordComponents())
                        .filter(present -> present.getName().equals(component.getName()))
                        .map(present -> ConfigWriter.valueOf(config, present))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(
                                config.getClass().getSimpleName() + " has no section " + component.getName())));
    }

    /** The same configuration with another section of the type of {@code section}, of which it has one. */
    @SuppressWarnings("unchecked")
    public static <R extends Record> R replace(R config, Record section) {
        return (R) make(
                config.getClass(),
                component ->
                        component.getType() == section.getClass() ? section : ConfigWriter.valueOf(config, component));
    }

    private static <R extends Record> R make(Class<R> type, Function<RecordComponent, Object> value) {
        RecordComponent[] components = type.getRecordComponents();
        return type.cast(RecordBinder.construct(
                type, components, Arrays.stream(components).map(value).toArray()));
    }
}
