package io.tramontane.jobs.page.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import io.tramontane.jobs.kernel.config.ConfigException;
import io.tramontane.jobs.kernel.config.YamlTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A question to the main job and the variants that answer it, as a YAML file holds them:
 *
 * <pre>{@code
 * title: Advantage normalisation
 * question: Over what should advantages be normalised?
 * finding: what others found, optional
 * settings: {training.maximum-steps: 150}      # of all variants, optional
 * variants:
 *   minibatch: {}
 *   group: {pipeline.batching.normalisation: group}
 * }</pre>
 *
 * @param settings {@code key=value} for all variants
 * @param variants at least one; the first is what the others are compared with
 */
public record Suite(String title, String question, String finding, List<String> settings, List<Variant> variants) {

    /** The suites that ship with Tramontane. */
    public static final List<String> SHIPPED = List.of(
            "seeds",
            "language",
            "asynchrony",
            "normalisation",
            "clipping",
            "partial-credit",
            "batch",
            "length",
            "staleness",
            "report",
            "objectives");

    private static final Set<String> KEYS = Set.of("title", "question", "finding", "settings", "variants");

    public Suite {
        settings = List.copyOf(settings);
        variants = List.copyOf(variants);
    }

    /**
     * A shipped suite by its name, or a file.
     *
     * @throws SuiteException when there is none of that name, or it is not a suite
     */
    public static Suite of(String nameOrFile) {
        if (SHIPPED.contains(nameOrFile)) {
            try (InputStream stream = Suite.class.getResourceAsStream(nameOrFile + ".yaml")) {
                return parse(nameOrFile, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new SuiteException("the shipped suite " + nameOrFile + " cannot be read: " + e.getMessage());
            }
        }
        try {
            return parse(nameOrFile, Files.readString(Path.of(nameOrFile)));
        } catch (NoSuchFileException e) {
            throw new SuiteException(
                    "there is no suite " + nameOrFile + ": neither a file nor one of " + String.join(", ", SHIPPED));
        } catch (IOException e) {
            throw new SuiteException(nameOrFile + " cannot be read: " + e.getMessage());
        }
    }

    private static Suite parse(String source, String text) {
        JsonNode root;
        try {
            root = YamlTree.parse(source, text);
        } catch (ConfigException e) {
            throw new SuiteException(e.problems().get(0));
        }
        for (Map.Entry<String, JsonNode> entry : root.properties()) {
            if (!KEYS.contains(entry.getKey())) {
                throw new SuiteException(source + ": '" + entry.getKey()
                        + "' is not one of title, question, finding, settings, variants");
            }
        }
        JsonNode listed = root.path("variants");
        if (!listed.isObject() || listed.isEmpty()) {
            throw new SuiteException(source + ": 'variants' must hold one variant at least, each a name with settings");
        }
        List<Variant> variants = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : listed.properties()) {
            variants.add(
                    new Variant(entry.getKey(), settings(source + ": variants." + entry.getKey(), entry.getValue())));
        }
        return new Suite(
                root.path("title").asText(source),
                root.path("question").asText(""),
                root.path("finding").asText(""),
                settings(source + ": settings", root.path("settings")),
                variants);
    }

    private static List<String> settings(String where, JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return List.of();
        }
        if (!node.isObject()) {
            throw new SuiteException(where + " must hold settings, as in {training.maximum-steps: 50}");
        }
        List<String> settings = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            JsonNode value = entry.getValue();
            settings.add(entry.getKey() + "=" + (value.isValueNode() ? value.asText() : value.toString()));
        }
        return settings;
    }
}
