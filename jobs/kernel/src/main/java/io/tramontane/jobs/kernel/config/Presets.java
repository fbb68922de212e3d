package io.tramontane.jobs.kernel.config;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Named settings that belong together, of which {@link #KEY} chooses. What a preset sets takes the place of a default;
 * what somebody has written must be the same.
 */
final class Presets {

    /** The key that names one. */
    static final String KEY = "training.preset";

    private final ConfigNode.Section presets;
    private final ConfigNode.Section defaults;
    private final List<ConfigProblem> problems;

    /** @param presets a section for each, as it would be written */
    Presets(ConfigNode.Section presets, ConfigNode.Section defaults, List<ConfigProblem> problems) {
        this.presets = presets;
        this.defaults = defaults;
        this.problems = problems;
    }

    /** What was written, with the settings of the preset that it names, if any. */
    ConfigNode.Section applied(ConfigNode.Section written) {
        Optional<ConfigNode> chosen = written.find(KEY);
        if (chosen.isEmpty() || !(chosen.get() instanceof ConfigNode.Scalar name)) {
            return written;
        }
        if (!(presets.entries().get(name.text()) instanceof ConfigNode.Section preset)) {
            problems.add(new ConfigProblem(
                    name.origin(),
                    KEY,
                    "must be one of " + String.join(", ", presets.entries().keySet()) + ", not '" + name.text() + "'"));
            return written;
        }
        int problemsBefore = problems.size();
        leaves("", preset).forEach((path, value) -> {
            Optional<ConfigNode> own = written.find(path).filter(node -> !isDefault(path, node));
            if (own.isPresent() && !same(own.get(), value)) {
                problems.add(new ConfigProblem(
                        own.get().origin(),
                        path,
                        "contradicts " + KEY + " " + name.text() + ", which sets it to " + value.text()
                                + "; remove the line, or set " + KEY + " to none"));
            }
        });
        return problems.size() == problemsBefore ? written.mergedWith(preset) : written;
    }

    private boolean isDefault(String path, ConfigNode node) {
        return defaults.find(path).filter(standard -> standard == node).isPresent();
    }

    private static boolean same(ConfigNode own, ConfigNode.Scalar value) {
        return own instanceof ConfigNode.Scalar scalar
                && (scalar.text().equals(value.text()) || sameNumber(scalar.text(), value.text()));
    }

    private static boolean sameNumber(String one, String other) {
        try {
            return new BigDecimal(one).compareTo(new BigDecimal(other)) == 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static Map<String, ConfigNode.Scalar> leaves(String prefix, ConfigNode.Section section) {
        Map<String, ConfigNode.Scalar> leaves = new LinkedHashMap<>();
        section.entries().forEach((key, node) -> {
            if (node instanceof ConfigNode.Section below) {
                leaves.putAll(leaves(prefix + key + ".", below));
            } else {
                leaves.put(prefix + key, (ConfigNode.Scalar) node);
            }
        });
        return leaves;
    }
}
