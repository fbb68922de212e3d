package io.tramontane.jobs.kernel.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tramontane.jobs.kernel.files.Json;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;

/**
 * YAML as the nodes of JSON. A single value is a text as it was written, or null where there is none: what {@code 1e-3}
 * or {@code no} means is for who takes it.
 */
public final class YamlTree {

    private YamlTree() {}

    /**
     * The one document of a text; null when the text is empty.
     *
     * @param source name of the text for errors, for example the file's
     * @throws ConfigException when it is not YAML, holds a key twice or an alias; each line says where
     */
    public static JsonNode parse(String source, String text) {
        List<ConfigProblem> problems = new ArrayList<>();
        ConfigNode root = ConfigYaml.readTree(source, new StringReader(text), problems);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return json(root);
    }

    private static JsonNode json(ConfigNode node) {
        if (node instanceof ConfigNode.Section section) {
            ObjectNode object = Json.object();
            section.entries().forEach((key, value) -> object.set(key, json(value)));
            return object;
        }
        if (node instanceof ConfigNode.Sequence sequence) {
            ArrayNode array = Json.array();
            sequence.elements().forEach(element -> array.add(json(element)));
            return array;
        }
        ConfigNode.Scalar scalar = (ConfigNode.Scalar) node;
        return scalar.absent() ? NullNode.getInstance() : TextNode.valueOf(scalar.text());
    }
}
