package io.tramontane.jobs.kernel.config;

import java.lang.reflect.Type;
import java.util.List;

/**
 * A key a configuration can have.
 *
 * @param path dotted
 * @param type of the record component it fills
 * @param values what it takes, in words
 * @param meaning one or more sentences
 */
public record ConfigKey(String path, Type type, String values, String meaning) {

    /** The sections around the key, from the outside in; empty for a top-level key. */
    public List<String> sections() {
        List<String> parts = List.of(path.split("\\."));
        return parts.subList(0, parts.size() - 1);
    }
}
