package io.tramontane.jobs.kernel.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.StringReader;
import java.util.Collections;
import java.util.IdentityHashMap;
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
 * YAML as the nodes of JSON. A single value is a text as it was written, or null where there is none: what {@code 1e-3}
 * or {@code no} means is for who takes it.
 */
public final class YamlTree {

    /** Nodes already converted: an alias leads to one of them again. */
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private YamlTree() {}

    /**
     * The one document of a text; a missing node when the text is empty.
     *
     * @throws YAMLException when it is not YAML, holds a key twice or an alias; one line that says where
     */
    public static JsonNode parse(String text) {
        try {
            Node root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
            return root == null ? MissingNode.getInstance() : new YamlTree().convert(root);
        } catch (MarkedYAMLException e) {
            throw new YAMLException(e.getProblem() + place(e.getProblemMark()), e);
        }
    }

    private JsonNode convert(Node node) {
        if (!seen.add(node)) {
            throw new YAMLException("aliases (*name) are not supported" + place(node.getStartMark()));
        }
        if (node instanceof MappingNode mapping) {
            return object(mapping);
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = Json.array();
            sequence.getValue().forEach(element -> array.add(convert(element)));
            return array;
        }
        return node.getTag().equals(Tag.NULL)
                ? NullNode.getInstance()
                : TextNode.valueOf(((ScalarNode) node).getValue());
    }

    private ObjectNode object(MappingNode mapping) {
        ObjectNode object = Json.object();
        for (NodeTuple entry : mapping.getValue()) {
            Mark mark = entry.getKeyNode().getStartMark();
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                throw new YAMLException("a key must be a plain word" + place(mark));
            }
            if (object.has(key.getValue())) {
                throw new YAMLException("'" + key.getValue() + "' stands here a second time" + place(mark));
            }
            object.set(key.getValue(), convert(entry.getValueNode()));
        }
        return object;
    }

    private static String place(Mark mark) {
        return mark == null ? "" : ", line " + (mark.getLine() + 1);
    }
}
