package io.tramontane.tests.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** JSON schemas of what operators add to Kubernetes, and of Compose files. */
final class Schemas {

    private static final Map<String, String> FILES = Map.of(
            "kafka.strimzi.io/v1/Kafka", "Kafka.json",
            "kafka.strimzi.io/v1/KafkaNodePool", "KafkaNodePool.json",
            "kafka.strimzi.io/v1/KafkaTopic", "KafkaTopic.json",
            "kafka.strimzi.io/v1/KafkaUser", "KafkaUser.json",
            "keda.sh/v1alpha1/ScaledObject", "ScaledObject.json");
    private static final String FLINK = "flink.apache.org/v1beta1/FlinkDeployment";
    private static final String FLINK_DEFINITION = "/META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2019_09);
    private static final Map<String, Schema> LOADED = new ConcurrentHashMap<>();

    private Schemas() {}

    /** Whether there is a schema for such an object. */
    static boolean knows(String type) {
        return FILES.containsKey(type) || type.equals(FLINK);
    }

    /** What is wrong with an object of a custom resource, a line each. */
    static List<String> problems(String type, JsonNode object) {
        Schema schema = LOADED.computeIfAbsent(type, Schemas::customResource);
        return schema.validate(object).stream().map(Object::toString).toList();
    }

    /** What is wrong with a Compose file, a line each. */
    static List<String> composeProblems(JsonNode file) {
        ObjectNode schema = (ObjectNode) resource("schemas/compose.json");
        // Part of the specification since the schema was published.
        ((ObjectNode) schema.path("properties")).putObject("name").put("type", "string");
        return REGISTRY.getSchema(schema).validate(file).stream()
                .map(Object::toString)
                .toList();
    }

    private static Schema customResource(String type) {
        ObjectNode schema = (ObjectNode) (type.equals(FLINK) ? flink() : resource("schemas/" + FILES.get(type)));
        ObjectNode properties = (ObjectNode) schema.path("properties");
        for (String common : List.of("apiVersion", "kind", "metadata")) {
            if (!properties.has(common)) {
                properties.putObject(common);
            }
        }
        close(schema);
        return REGISTRY.getSchema(schema);
    }

    private static JsonNode flink() {
        JsonNode schema = Manifests.parse(text(FLINK_DEFINITION)).get(0).at("/spec/versions/0/schema/openAPIV3Schema");
        // The newest definition on Maven Central ends before Flink 2.
        ((ArrayNode) schema.at("/properties/spec/properties/flinkVersion/enum")).add("v2_3");
        return schema;
    }

    /** The Kubernetes API drops what a definition does not have; here it is an error. */
    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object
                && object.path("properties").isObject()
                && !object.has("additionalProperties")
                && !object.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
            object.put("additionalProperties", false);
        }
        // Whatever has a type of its own in Kubernetes may be a number or a text.
        if (schema instanceof ObjectNode object
                && object.path("x-kubernetes-int-or-string").asBoolean()) {
            object.remove("type");
        }
        schema.forEach(Schemas::close);
    }

    private static JsonNode resource(String name) {
        try {
            return MAPPER.readTree(text(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String resource) {
        try (InputStream stream = Schemas.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException(resource + " is missing");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
