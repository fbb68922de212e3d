package io.tramontane.policy.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.tokenizer.PolicyTokenizer;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Stores policies in Hugging Face's layout: {@code config.json}, {@code generation_config.json},
 * {@code model.safetensors}, {@code tokenizer.json}. A folder appears whole or not at all.
 */
public final class PolicyFiles {

    /** Of all files of this package. */
    static final ObjectMapper JSON = new ObjectMapper();

    private static final String CONFIG = "config.json";
    private static final String GENERATION_CONFIG = "generation_config.json";
    private static final String WEIGHTS = "model.safetensors";
    private static final String TOKENIZER = "tokenizer.json";

    private PolicyFiles() {}

    /**
     * Writes the policy to a folder beside {@code directory} and moves it there at the end.
     *
     * @throws IOException also when {@code directory} exists and is not empty
     */
    public static void save(Path directory, PolicyBundle policy) throws IOException {
        Path parent = directory.toAbsolutePath().getParent();
        Files.createDirectories(parent);
        Path temporary = Files.createTempDirectory(parent, "." + directory.getFileName());
        try {
            JSON.writerWithDefaultPrettyPrinter()
                    .writeValue(temporary.resolve(CONFIG).toFile(), configJson(policy));
            ObjectNode generation = JSON.createObjectNode();
            generation.put("eos_token_id", policy.endOfSequence());
            generation.put("do_sample", true);
            generation.put("temperature", 1.0);
            JSON.writerWithDefaultPrettyPrinter()
                    .writeValue(temporary.resolve(GENERATION_CONFIG).toFile(), generation);
            Files.writeString(temporary.resolve(TOKENIZER), policy.tokenizerJson());
            Safetensors.write(temporary.resolve(WEIGHTS), policy.weights());
            Files.move(temporary, directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (DirectoryNotEmptyException | FileAlreadyExistsException e) {
            throw new IOException(directory + " already holds something", e);
        } finally {
            deleteIfPresent(temporary);
        }
    }

    /** @throws IOException when a file is missing, truncated or inconsistent; the message names it and says how */
    public static PolicyBundle load(Path directory) throws IOException {
        JsonNode json = readJson(directory.resolve(CONFIG));
        PolicyConfig config = config(directory.resolve(CONFIG), json);
        Path tokenizer = directory.resolve(TOKENIZER);
        int endOfSequence = integer(directory.resolve(CONFIG), json, "eos_token_id");
        // Opened once here so that a broken file is found at the start and not in a generator.
        PolicyTokenizer.load(tokenizer, endOfSequence).close();
        return new PolicyBundle(
                config,
                Safetensors.read(existing(directory.resolve(WEIGHTS)), config.tensors()),
                Files.readString(tokenizer),
                endOfSequence);
    }

    /** The tokenizer of a stored policy. */
    public static PolicyTokenizer loadTokenizer(Path directory) throws IOException {
        Path config = directory.resolve(CONFIG);
        return PolicyTokenizer.load(
                existing(directory.resolve(TOKENIZER)), integer(config, readJson(config), "eos_token_id"));
    }

    private static ObjectNode configJson(PolicyBundle policy) {
        PolicyConfig config = policy.config();
        ObjectNode json = JSON.createObjectNode();
        json.putPOJO("architectures", List.of("LlamaForCausalLM"));
        json.put("model_type", "llama");
        json.put("vocab_size", config.vocabularySize());
        json.put("hidden_size", config.hiddenSize());
        json.put("intermediate_size", config.intermediateSize());
        json.put("num_hidden_layers", config.layers());
        json.put("num_attention_heads", config.attentionHeads());
        json.put("num_key_value_heads", config.keyValueHeads());
        json.put("head_dim", config.headSize());
        json.put("max_position_embeddings", config.maximumPositions());
        json.put("rms_norm_eps", config.rmsNormEpsilon());
        json.put("rope_theta", config.ropeTheta());
        json.put("hidden_act", "silu");
        json.put("attention_bias", false);
        json.put("mlp_bias", false);
        json.put("tie_word_embeddings", true);
        json.put("torch_dtype", "float32");
        json.put("eos_token_id", policy.endOfSequence());
        return json;
    }

    private static PolicyConfig config(Path file, JsonNode json) throws IOException {
        if (!json.path("tie_word_embeddings").asBoolean(false)) {
            throw new IOException(file + ": only policies with tie_word_embeddings are supported");
        }
        try {
            return new PolicyConfig(
                    integer(file, json, "vocab_size"),
                    integer(file, json, "hidden_size"),
                    integer(file, json, "intermediate_size"),
                    integer(file, json, "num_hidden_layers"),
                    integer(file, json, "num_attention_heads"),
                    integer(file, json, "num_key_value_heads"),
                    json.has("head_dim")
                            ? integer(file, json, "head_dim")
                            : integer(file, json, "hidden_size") / integer(file, json, "num_attention_heads"),
                    integer(file, json, "max_position_embeddings"),
                    json.path("rms_norm_eps").asDouble(1e-6),
                    json.path("rope_theta").asDouble(10_000));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static int integer(Path file, JsonNode json, String key) throws IOException {
        JsonNode value = json.get(key);
        if (value == null || !value.isInt()) {
            throw new IOException(file + " lacks the integer " + key);
        }
        return value.asInt();
    }

    static JsonNode readJson(Path file) throws IOException {
        try {
            return JSON.readTree(existing(file).toFile());
        } catch (JsonProcessingException e) {
            throw new IOException(file + " is truncated or no JSON: " + e.getOriginalMessage(), e);
        }
    }

    static Path existing(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString(), null, "no such file");
        }
        return file;
    }

    private static void deleteIfPresent(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
