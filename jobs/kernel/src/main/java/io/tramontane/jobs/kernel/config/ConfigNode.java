package io.tramontane.jobs.kernel.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A piece of configuration as it was written, before it has a type. */
sealed interface ConfigNode {

    Origin origin();

    /** The sections around a dotted key with this node in it. */
    static Section at(String path, ConfigNode node) {
        String[] keys = path.split("\\.");
        ConfigNode inner = node;
        for (int index = keys.length - 1; index >= 0; index--) {
            inner = new Section(node.origin(), Map.of(keys[index], inner));
        }
        return (Section) inner;
    }

    /** What a person would call it. */
    String kind();

    /**
     * A single value.
     *
     * @param text as written; empty for a key without value
     * @param absent whether the key stands there without a value
     */
    record Scalar(Origin origin, String text, boolean absent) implements ConfigNode {
        @Override
        public String kind() {
            return absent ? "nothing" : "'" + text + "'";
        }
    }

    /** A list. */
    record Sequence(Origin origin, List<ConfigNode> elements) implements ConfigNode {

        public Sequence {
            elements = List.copyOf(elements);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** A section: values by key, in the order written. */
    record Section(Origin origin, Map<String, ConfigNode> entries) implements ConfigNode {

        private static final Pattern ELEMENT = Pattern.compile("(.*)\\[(\\d{1,6})]");

        @Override
        public String kind() {
            return "a section";
        }

        /** This section with the entries of {@code over} in place of its own; sections in both are merged alike. */
        Section mergedWith(Section over) {
            Map<String, ConfigNode> merged = new LinkedHashMap<>(entries);
            over.entries.forEach((key, value) -> merged.merge(
                    key,
                    value,
                    (below, above) -> below instanceof Section lower && above instanceof Section upper
                            ? lower.mergedWith(upper)
                            : above));
            return new Section(over.origin, merged);
        }

        /** This section without what lies at a dotted key, and without sections that this leaves empty. */
        Section without(String path) {
            int dot = path.indexOf('.');
            String key = dot < 0 ? path : path.substring(0, dot);
            Map<String, ConfigNode> left = new LinkedHashMap<>(entries);
            if (dot < 0) {
                left.remove(key);
            } else if (left.get(key) instanceof Section below) {
                Section inner = below.without(path.substring(dot + 1));
                if (inner.entries.isEmpty()) {
                    left.remove(key);
                } else {
                    left.put(key, inner);
                }
            }
            return new Section(origin, left);
        }

        /** What lies at a dotted key, if anything does; {@code list[2]} is the third element of a list. */
        Optional<ConfigNode> find(String path) {
            ConfigNode node = this;
            for (String key : path.split("\\.")) {
                Matcher element = ELEMENT.matcher(key);
                String name = element.matches() ? element.group(1) : key;
                if (!(node instanceof Section section) || !section.entries.containsKey(name)) {
                    return Optional.empty();
                }
                node = section.entries.get(name);
                if (element.matches()) {
                    int index = Integer.parseInt(element.group(2));
                    if (!(node instanceof Sequence sequence) || index >= sequence.elements.size()) {
                        return Optional.empty();
                    }
                    node = sequence.elements.get(index);
                }
            }
            return Optional.of(node);
        }
    }
}
