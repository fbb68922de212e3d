package io.tramontane.tests.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The YAML files of the repository, as trees. */
final class Manifests {

    static final Path ROOT = root();
    static final Path INFRA = ROOT.resolve("infra");
    static final Path KUBERNETES = INFRA.resolve("kubernetes");
    static final Path DOCKER = INFRA.resolve("docker");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Manifests() {}

    /** Tests run in their module's folder. */
    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("tramontane"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    /** Every document of a text; a key that is given twice is an error. */
    static List<JsonNode> parse(String yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        List<JsonNode> documents = new ArrayList<>();
        for (Object document : new Yaml(new SafeConstructor(options)).loadAll(yaml)) {
            documents.add(MAPPER.valueToTree(document));
        }
        return documents;
    }

    /** Every document of a file. */
    static List<JsonNode> read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The only document of a file. */
    static JsonNode one(Path file) {
        List<JsonNode> documents = read(file);
        if (documents.size() != 1) {
            throw new IllegalStateException(file + " has " + documents.size() + " documents");
        }
        return documents.get(0);
    }

    /** Every YAML file below a folder. */
    static List<Path> files(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().matches(".*\\.ya?ml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every object that the Kubernetes files describe, before kustomize. */
    static List<JsonNode> objects() {
        return Stream.concat(files(KUBERNETES.resolve("base")).stream(), files(KUBERNETES.resolve("tools")).stream())
                .flatMap(file -> read(file).stream())
                .filter(document -> document.hasNonNull("kind")
                        && !document.path("kind").asText().equals("Kustomization"))
                .toList();
    }

    /** Those of one kind. */
    static List<JsonNode> objects(String kind) {
        return objects().stream()
                .filter(document -> document.path("kind").asText().equals(kind))
                .toList();
    }

    /** The one of a kind and name. */
    static JsonNode object(String kind, String name) {
        return objects(kind).stream()
                .filter(document -> nameOf(document).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no " + kind + " " + name));
    }

    static String nameOf(JsonNode object) {
        return object.path("metadata").path("name").asText();
    }

    static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
