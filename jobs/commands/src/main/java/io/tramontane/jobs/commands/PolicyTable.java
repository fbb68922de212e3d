package io.tramontane.jobs.commands;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tramontane.jobs.kernel.files.Json;
import io.tramontane.policy.DecoderFeatures;
import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.RotaryScaling;
import io.tramontane.policy.files.ModelDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A policy's folder for people, and for programs. */
final class PolicyTable {

    private static final String NONE = "none";

    private PolicyTable() {}

    /** Lines of a title and a value, without a line feed at the end. */
    static String text(ModelDescription model, PolicyNeeds needs) {
        PolicyConfig config = model.config();
        DecoderFeatures features = config.features();
        List<String> lines = new ArrayList<>();
        add(lines, "family", features.type().key());
        add(
                lines,
                "parameters",
                "%,d, of which %,d are the embedding",
                model.parameters(),
                model.embeddingParameters());
        add(lines, "stored as", types(model));
        add(
                lines,
                "layers",
                "%,d of %,d features, %,d in the feed-forward block",
                config.layers(),
                config.hiddenSize(),
                config.intermediateSize());
        add(
                lines,
                "heads",
                "%,d of queries, %,d of keys and values, %,d features each",
                config.attentionHeads(),
                config.keyValueHeads(),
                config.headSize());
        add(lines, "vocabulary", "%,d tokens", config.vocabularySize());
        add(lines, "positions", "%,d", config.maximumPositions());
        add(lines, "rotary", "base %s, %s", number(config.ropeTheta()), rotary(features.rotary()));
        add(lines, "windows", windows(features));
        add(lines, "output", features.tiedEmbeddings() ? "tied to the embedding" : "a matrix of its own (untied)");
        add(lines, "biases", biases(features));
        add(lines, "norms", features.queryKeyNorms() ? "of queries and keys too" : "of layers only");
        add(lines, "ends with", "token %s", join(model.endOfSequence()));
        add(
                lines,
                "tokenizer",
                model.tokenizer()
                        .map(file -> file.getFileName().toString())
                        .orElse(NONE + "; a run needs tokenizer.json"));
        if (model.chatTemplates().isEmpty()) {
            add(lines, "chat template", NONE);
        }
        model.chatTemplates()
                .forEach(template -> add(
                        lines,
                        "chat template",
                        "%s in %s, SHA-256 %s",
                        template.name(),
                        template.file().getFileName(),
                        template.sha256()));
        lines.add("");
        lines.add("What a run with this configuration holds, besides what single micro-batches need:");
        add(lines, "weights", "%s in the trainer, and in each generator", bytes(needs.weights()));
        add(lines, "moments", "%s in the trainer", bytes(needs.moments()));
        add(lines, "gradient", "%s in the trainer", bytes(needs.gradient()));
        add(
                lines,
                "a version",
                "%s; the topic keeps %d (weights.versions-kept)",
                bytes(needs.version()),
                needs.versionsKept());
        add(
                lines,
                "KV cache",
                "%s in each generator: %,d sequences (generation.slots) of %,d positions",
                bytes(needs.cache()),
                needs.slots(),
                needs.positions());
        return String.join("\n", lines);
    }

    /** The same as an object. */
    static String json(ModelDescription model, PolicyNeeds needs) {
        PolicyConfig config = model.config();
        DecoderFeatures features = config.features();
        ObjectNode node = Json.object();
        node.put("family", features.type().key());
        node.put("parameters", model.parameters());
        node.put("embeddingParameters", model.embeddingParameters());
        node.set("parametersByType", Json.tree(model.parametersByType()));
        node.put("layers", config.layers());
        node.put("hiddenSize", config.hiddenSize());
        node.put("intermediateSize", config.intermediateSize());
        node.put("attentionHeads", config.attentionHeads());
        node.put("keyValueHeads", config.keyValueHeads());
        node.put("headSize", config.headSize());
        node.put("vocabularySize", config.vocabularySize());
        node.put("maximumPositions", config.maximumPositions());
        node.put("ropeTheta", config.ropeTheta());
        node.put("rotary", rotary(features.rotary()));
        node.set("windows", Json.tree(features.windows()));
        node.put("tiedEmbeddings", features.tiedEmbeddings());
        node.put("queryKeyValueBiases", features.queryKeyValueBiases());
        node.put("attentionOutputBias", features.attentionOutputBias());
        node.put("feedForwardBiases", features.feedForwardBiases());
        node.put("queryKeyNorms", features.queryKeyNorms());
        node.set("endOfSequence", Json.tree(model.endOfSequence()));
        node.put("tokenizer", model.tokenizer().isPresent());
        ArrayNode templates = node.putArray("chatTemplates");
        model.chatTemplates()
                .forEach(template -> templates
                        .addObject()
                        .put("name", template.name())
                        .put("file", template.file().getFileName().toString())
                        .put("sha256", template.sha256()));
        node.set("needs", Json.tree(needs));
        return Json.pretty(node);
    }

    private static void add(List<String> lines, String title, String value) {
        lines.add(String.format(Locale.ROOT, "%-13s  %s", title, value));
    }

    private static void add(List<String> lines, String title, String format, Object... values) {
        add(lines, title, String.format(Locale.ROOT, format, values));
    }

    private static String types(ModelDescription model) {
        if (model.parametersByType().size() == 1) {
            return model.parametersByType().firstKey();
        }
        return model.parametersByType().entrySet().stream()
                .map(entry -> String.format(Locale.ROOT, "%s (%,d parameters)", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String rotary(RotaryScaling scaling) {
        if (scaling instanceof RotaryScaling.Linear linear) {
            return "linear by " + number(linear.factor());
        }
        if (scaling instanceof RotaryScaling.Llama3 llama) {
            return "llama3 by " + number(llama.factor()) + " from " + llama.originalPositions() + " positions";
        }
        if (scaling instanceof RotaryScaling.Yarn yarn) {
            return "yarn by " + number(yarn.factor()) + " from " + yarn.originalPositions() + " positions";
        }
        return "not scaled";
    }

    private static String windows(DecoderFeatures features) {
        if (!features.windowed()) {
            return NONE;
        }
        List<Integer> sizes =
                features.windows().stream().filter(window -> window > 0).toList();
        return String.format(
                Locale.ROOT,
                "of %s positions in %d of %d layers",
                join(sizes.stream().distinct().sorted().toList()),
                sizes.size(),
                features.windows().size());
    }

    private static String biases(DecoderFeatures features) {
        List<String> places = new ArrayList<>();
        if (features.queryKeyValueBiases()) {
            places.add("queries, keys and values");
        }
        if (features.attentionOutputBias()) {
            places.add("output of attention");
        }
        if (features.feedForwardBiases()) {
            places.add("feed-forward block");
        }
        return places.isEmpty() ? NONE : String.join(", ", places);
    }

    private static String join(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.valueOf(value);
    }

    private static String bytes(long bytes) {
        return String.format(Locale.ROOT, "%,d bytes (%,.1f MB)", bytes, bytes / 1e6);
    }
}
