package io.tramontane.jobs.kernel.config;

import java.io.Reader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads YAML as text with line numbers, without giving values a type: what {@code 1e-3} or {@code no} means is for the
 * record that takes the value.
 */
final class ConfigYaml {

    private final String source;
    private final boolean lines;
    private final List<ConfigProblem> problems;
    /** Nodes already converted: an alias leads to one of them again. */
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private ConfigYaml(String source, boolean lines, List<ConfigProblem> problems) {
        this.source = source;
        this.lines = lines;
        this.problems = problems;
    }

    /**
     * The file's section of all keys; what is wrong with its form goes to {@code problems}.
     *
     * @param source the file's name
     */
    static ConfigNode.Section readFile(String source, Reader text, List<ConfigProblem> problems) {
        return root(new ConfigYaml(source, true, problems), text);
    }

    /** The section of all keys of a file that ships with Tramontane; its lines mean nothing to a user. */
    static ConfigNode.Section readResource(String source, Reader text, List<ConfigProblem> problems) {
        return root(new ConfigYaml(source, false, problems), text);
    }

    private static ConfigNode.Section root(ConfigYaml yaml, Reader text) {
        ConfigNode root = yaml.read(text);
        if (root instanceof ConfigNode.Section section) {
            return section;
        }
        if (!(root instanceof ConfigNode.Scalar scalar && scalar.absent())) {
            yaml.problems.add(new ConfigProblem(root.origin(), "", "must hold keys and values, not " + root.kind()));
        }
        return new ConfigNode.Section(root.origin(), Map.of());
    }

    /**
     * A whole file, whatever it holds.
     *
     * @param source the file's name
     */
    static ConfigNode readTree(String source, Reader text, List<ConfigProblem> problems) {
        return new ConfigYaml(source, true, problems).read(text);
    }

    /** A value as it stands after {@code key=} in an option. */
    static ConfigNode readValue(String option, Reader text, List<ConfigProblem> problems) {
        return new ConfigYaml(option, false, problems).read(text);
    }

    private ConfigNode read(Reader text) {
        try {
            Node root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(text);
            return root == null
                    ? new ConfigNode.Scalar(new Origin(source, 0), "", true)
                    : convert(root, origin(root.getStartMark()));
        } catch (MarkedYAMLException e) {
            Origin origin = e.getProblemMark() == null ? new Origin(source, 0) : origin(e.getProblemMark());
            problems.add(new ConfigProblem(origin, "", "not YAML: " + e.getProblem()));
        } catch (YAMLException e) {
            problems.add(new ConfigProblem(
                    new Origin(source, 0),
                    "",
                    "not YAML: " + e.getMessage().lines().findFirst().orElse("")));
        }
        return new ConfigNode.Section(new Origin(source, 0), Map.of());
    }

    /** @param origin for a value below a key the key's, where a person looks for it */
    private ConfigNode convert(Node node, Origin origin) {
        if (!seen.add(node)) {
            problems.add(new ConfigProblem(origin, "", "aliases (*name) are not supported; write the value out"));
            return new ConfigNode.Scalar(origin, "", true);
        }
        if (node instanceof MappingNode mapping) {
            return section(origin, mapping);
        }
        if (node instanceof SequenceNode sequence) {
            List<ConfigNode> elements = new ArrayList<>();
            sequence.getValue().forEach(element -> elements.add(convert(element, origin(element.getStartMark()))));
            return new ConfigNode.Sequence(origin, elements);
        }
        ScalarNode scalar = (ScalarNode) node;
        return new ConfigNode.Scalar(origin, scalar.getValue(), scalar.getTag().equals(Tag.NULL));
    }

    private ConfigNode.Section section(Origin origin, MappingNode mapping) {
        Map<String, ConfigNode> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Origin keyOrigin = origin(tuple.getKeyNode().getStartMark());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(new ConfigProblem(keyOrigin, "", "a key must be a plain word"));
                continue;
            }
            ConfigNode value = convert(tuple.getValueNode(), keyOrigin);
            ConfigNode before = entries.put(key.getValue(), value);
            if (before != null) {
                problems.add(new ConfigProblem(
                        keyOrigin,
                        "",
                        "'" + key.getValue() + "' stands here a second time, first at " + before.origin()));
            }
        }
        return new ConfigNode.Section(origin, entries);
    }

    private Origin origin(Mark mark) {
        return new Origin(source, lines ? mark.getLine() + 1 : 0);
    }
}
