package io.tramontane.jobs.kernel.config;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** Writes a configuration as the YAML from which {@link ConfigLoader} makes it again. */
public final class ConfigWriter {

    private static final int LINE_WIDTH = 120;

    private ConfigWriter() {}

    /** Every key with its value, in the order of the records. */
    public static String toYaml(Record config) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(LINE_WIDTH);
        return new Yaml(options).dump(written(config));
    }

    /** Values by dotted key, as they stand in YAML. */
    public static Map<String, String> flat(Record config) {
        Map<String, String> flat = new LinkedHashMap<>();
        collect("", written(config), flat);
        return flat;
    }

    private static void collect(String prefix, Map<String, Object> section, Map<String, String> flat) {
        section.forEach((key, value) -> {
            if (value instanceof Section nested) {
                collect(prefix + key + ".", nested, flat);
            } else {
                flat.put(prefix + key, value.toString());
            }
        });
    }

    /** A record's keys, as opposed to a map of the user's. */
    private static final class Section extends LinkedHashMap<String, Object> {
        private static final long serialVersionUID = 1L;
    }

    private static Section written(Record settings) {
        Section section = new Section();
        for (RecordComponent component : settings.getClass().getRecordComponents()) {
            section.put(ConfigSchema.keyOf(component.getName()), written(valueOf(settings, component)));
        }
        return section;
    }

    private static Object written(Object value) {
        if (value instanceof Record nested) {
            return written(nested);
        }
        if (value instanceof List<?> list) {
            // A list of its own: equal empty lists are one object, which YAML would write once and refer to after.
            List<Object> elements = new ArrayList<>();
            list.forEach(element -> elements.add(written(element)));
            return elements;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> entries = new LinkedHashMap<>();
            map.forEach((key, entry) -> entries.put(key.toString(), written(entry)));
            return entries;
        }
        return ValueType.ofValue(value).written(value);
    }

    static Object valueOf(Record settings, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(settings);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }
}
