package io.tramontane.policy.files;

import com.fasterxml.jackson.databind.JsonNode;
import io.tramontane.policy.Weights;
import io.tramontane.policy.family.ModelFolderException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A chat template of a model's folder: where it is and what identifies it.
 *
 * @param name {@code default}, or another where there are several
 * @param file that holds it
 * @param sha256 of the template's text in UTF-8, hex
 */
public record ChatTemplate(String name, Path file, String sha256) {

    private static final String DEFAULT = "default";
    private static final String SUFFIX = ".jinja";
    private static final String KEY = "chat_template";

    /**
     * The templates that transformers takes: {@code chat_template.jinja} and the files of
     * {@code additional_chat_templates}; without any of them the key {@code chat_template} of
     * {@code tokenizer_config.json}, a text or a list of named ones.
     *
     * @throws IOException when a file is broken; the message names it
     */
    static List<ChatTemplate> in(Path folder) throws IOException {
        List<ChatTemplate> templates = new ArrayList<>();
        Path single = folder.resolve(KEY + SUFFIX);
        if (Files.isRegularFile(single)) {
            templates.add(of(DEFAULT, single, Files.readAllBytes(single)));
        }
        Path others = folder.resolve("additional_chat_templates");
        if (Files.isDirectory(others)) {
            try (Stream<Path> files = Files.list(others)) {
                for (Path file : files.sorted().toList()) {
                    String name = file.getFileName().toString();
                    if (name.endsWith(SUFFIX)) {
                        templates.add(
                                of(name.substring(0, name.length() - SUFFIX.length()), file, Files.readAllBytes(file)));
                    }
                }
            }
        }
        Path config = folder.resolve("tokenizer_config.json");
        if (templates.isEmpty() && Files.exists(config)) {
            templates.addAll(ofKey(config, PolicyFiles.readJson(config).path(KEY)));
        }
        templates.sort(Comparator.comparing((ChatTemplate template) -> !template.name.equals(DEFAULT))
                .thenComparing(ChatTemplate::name));
        return templates;
    }

    private static List<ChatTemplate> ofKey(Path file, JsonNode value) throws ModelFolderException {
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        if (value.isTextual()) {
            return List.of(of(DEFAULT, file, value.asText()));
        }
        List<ChatTemplate> templates = new ArrayList<>();
        for (JsonNode named : value) {
            if (!named.path("name").isTextual() || !named.path("template").isTextual()) {
                templates.clear();
                break;
            }
            templates.add(
                    of(named.path("name").asText(), file, named.path("template").asText()));
        }
        if (templates.isEmpty()) {
            throw new ModelFolderException(
                    List.of(file + ": " + KEY + ": write a text, or a list of objects with a name and a template"));
        }
        return templates;
    }

    private static ChatTemplate of(String name, Path file, String text) {
        return of(name, file, text.getBytes(StandardCharsets.UTF_8));
    }

    private static ChatTemplate of(String name, Path file, byte[] text) {
        return new ChatTemplate(name, file, Weights.sha256(ByteBuffer.wrap(text)));
    }
}
