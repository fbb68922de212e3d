package io.tramontane.jobs.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A piece of configuration as it was written, before it has a type. */
sealed interface ConfigNode {

    Origin origin();

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

        /** What lies at a dotted key, if anything does. */
        Optional<ConfigNode> find(String path) {
            ConfigNode node = this;
            for (String key : path.split("\\.")) {
                if (!(node instanceof Section section) || !section.entries.containsKey(key)) {
                    return Optional.empty();
                }
                node = section.entries.get(key);
            }
            return Optional.of(node);
        }
    }
}
