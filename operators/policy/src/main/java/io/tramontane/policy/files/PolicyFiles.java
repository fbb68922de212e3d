package io.tramontane.policy.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.Weights;
import io.tramontane.policy.family.ModelConfig;
import io.tramontane.policy.family.ModelFolderException;
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
import java.util.Optional;
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
            Safetensors.write(temporary.resolve(ModelTensors.WEIGHTS), policy.weights());
            Files.move(temporary, directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (DirectoryNotEmptyException | FileAlreadyExistsException e) {
            throw new IOException(directory + " already holds something", e);
        } finally {
            deleteIfPresent(temporary);
        }
    }

    /**
     * Reads a policy.
     *
     * @throws ModelFolderException with every key of its configuration, or every tensor, that is not computed
     * @throws IOException when a file is missing, truncated or inconsistent; the message names it and says how
     */
    public static PolicyBundle load(Path directory) throws IOException {
        ModelConfig model = config(directory);
        Path tokenizer = directory.resolve(TOKENIZER);
        // Opened once here so that a broken file is found at the start and not in a generator.
        PolicyTokenizer.load(tokenizer, model.endOfSequence()).close();
        return new PolicyBundle(
                model.config(),
                ModelTensors.read(directory, model.config()),
                Files.readString(tokenizer),
                model.endOfSequence());
    }

    /**
     * Says what is in a folder, after every check of {@link #load}, without holding the weights. Unlike there, a
     * tokenizer may be missing.
     *
     * @throws IOException as {@link #load}
     */
    public static ModelDescription describe(Path directory) throws IOException {
        ModelConfig model = config(directory);
        Path tokenizer = directory.resolve(TOKENIZER);
        boolean tokenizes = Files.exists(tokenizer);
        if (tokenizes) {
            PolicyTokenizer.load(tokenizer, model.endOfSequence()).close();
        }
        return new ModelDescription(
                model.config(),
                ModelTensors.types(directory, model.config()),
                List.of(model.endOfSequence()),
                tokenizes ? Optional.of(tokenizer) : Optional.empty(),
                ChatTemplate.in(directory));
    }

    /**
     * The weights of a folder that {@link #describe} described.
     *
     * @throws IOException as {@link #load}
     */
    public static Weights weights(Path directory, PolicyConfig config) throws IOException {
        return ModelTensors.read(directory, config);
    }

    /** The tokenizer of a stored policy. */
    public static PolicyTokenizer loadTokenizer(Path directory) throws IOException {
        return PolicyTokenizer.load(
                existing(directory.resolve(TOKENIZER)), config(directory).endOfSequence());
    }

    private static ObjectNode configJson(PolicyBundle policy) {
        ObjectNode json = JSON.createObjectNode();
        new ModelConfig(policy.config(), policy.endOfSequence()).write(json);
        return json;
    }

    private static ModelConfig config(Path directory) throws IOException {
        Path file = directory.resolve(CONFIG);
        return ModelConfig.read(file, readJson(file));
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
