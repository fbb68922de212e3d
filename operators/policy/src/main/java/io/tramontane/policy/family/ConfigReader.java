package io.tramontane.policy.family;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Reads the keys of a {@code config.json} and keeps account of them: which were read, and what is wrong, a line for
 * each problem. A key that is wrong reads as its default, so that all problems are found at once.
 *
 * <p>Used by one thread.
 */
final class ConfigReader {

    private final String prefix;
    private final JsonNode json;
    private final List<String> problems;
    private final Set<String> known = new HashSet<>();

    ConfigReader(String file, JsonNode json) {
        this(file + ": ", json, new ArrayList<>());
    }

    private ConfigReader(String prefix, JsonNode json, List<String> problems) {
        this.prefix = prefix;
        this.json = json;
        this.problems = problems;
    }

    /** One line each, those of sections included. */
    List<String> problems() {
        return problems;
    }

    /** Whether the key has a value other than null. */
    boolean given(String key) {
        known.add(key);
        return json.hasNonNull(key);
    }

    /** Whether the key is there, perhaps with null. */
    boolean present(String key) {
        known.add(key);
        return json.has(key);
    }

    JsonNode value(String key) {
        known.add(key);
        return json.path(key);
    }

    /** A positive integer. */
    int size(String key, int byDefault) {
        return integer(key, byDefault, 1, "write a positive integer");
    }

    /** An integer, perhaps 0. */
    int count(String key, int byDefault) {
        return integer(key, byDefault, 0, "write an integer that is not negative");
    }

    private int integer(String key, int byDefault, int smallest, String advice) {
        JsonNode value = value(key);
        if (value.isMissingNode()) {
            return byDefault;
        }
        if (!value.isInt() || value.asInt() < smallest) {
            problem(key, advice);
            return byDefault;
        }
        return value.asInt();
    }

    double number(String key, double byDefault) {
        JsonNode value = value(key);
        if (value.isMissingNode()) {
            return byDefault;
        }
        if (!value.isNumber()) {
            problem(key, "write a number");
            return byDefault;
        }
        return value.asDouble();
    }

    /**
     * A number without a default.
     *
     * @param meanwhile what the reading goes on with where it is missing
     */
    double required(String key, double meanwhile) {
        if (!present(key)) {
            problem(key, "write it as the model was published");
        }
        return number(key, meanwhile);
    }

    boolean flag(String key, boolean byDefault) {
        JsonNode value = value(key);
        if (value.isMissingNode()) {
            return byDefault;
        }
        if (!value.isBoolean()) {
            problem(key, "write true or false");
            return byDefault;
        }
        return value.asBoolean();
    }

    /** An object, or an empty one where the key is missing or null. */
    ConfigReader section(String key) {
        JsonNode value = value(key);
        if (!value.isMissingNode() && !value.isNull() && !value.isObject()) {
            problem(key, "write an object");
        }
        return new ConfigReader(prefix + key + ".", value, problems);
    }

    /** Refuses every value of a key but these, given as JSON; a key that is missing is fine. */
    void only(String key, String what, String... values) {
        JsonNode value = value(key);
        if (!value.isMissingNode() && !List.of(values).contains(value.toString())) {
            problem(key, what);
        }
    }

    /** Keys on which what is computed does not depend. */
    void inert(Iterable<String> keys) {
        keys.forEach(known::add);
    }

    void problem(String key, String advice) {
        String value = json.has(key) ? " = " + shortened(json.get(key).toString()) : " is missing";
        problems.add(prefix + key + value + ": " + advice);
    }

    /** Refuses the keys that nothing asked for. */
    void refuseOthers(String of) {
        for (Iterator<String> keys = json.fieldNames(); keys.hasNext(); ) {
            String key = keys.next();
            if (!known.contains(key)) {
                problem(key, "not a key that is known of " + of + "; remove it if the model does not depend on it");
            }
        }
    }

    private static String shortened(String value) {
        return value.length() <= 80 ? value : value.substring(0, 77) + "...";
    }
}
