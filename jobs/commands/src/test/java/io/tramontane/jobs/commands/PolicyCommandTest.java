package io.tramontane.jobs.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.tramontane.jobs.cli.Tramontane;
import io.tramontane.jobs.kernel.files.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the small models whose log-probabilities transformers computed. */
class PolicyCommandTest {

    private static final Path ORACLES =
            Path.of("../../operators/policy/src/test/resources/io/tramontane/policy/files/oracles");

    private static final Path QWEN3 = ORACLES.resolve("qwen3");

    private static final float CLOSE = 1e-4f;

    private final StringWriter out = new StringWriter();
    private final StringWriter error = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void saysWhatIsInAFolderAndWhatARunHoldsOfIt() throws IOException {
        Path model = copied();
        Files.writeString(
                model.resolve("tokenizer_config.json"),
                "{\"chat_template\": [{\"name\": \"tools\", \"template\": \"\"},"
                        + " {\"name\": \"default\", \"template\": \"{{ messages }}\"}]}");

        assertThat(execute("--set", "generation.slots=2", model.toString())).isZero();

        assertThat(error.toString()).isEmpty();
        assertThat(out.toString().lines())
                .containsExactly(
                        "family         qwen3",
                        "parameters     26,112, of which 1,464 are the embedding",
                        "stored as      BF16",
                        "layers         3 of 24 features, 40 in the feed-forward block",
                        "heads          4 of queries, 2 of keys and values, 16 features each",
                        "vocabulary     61 tokens",
                        "positions      256",
                        "rotary         base 1000, yarn by 8 from 32 positions",
                        "windows        of 5 positions in 2 of 3 layers",
                        "output         a matrix of its own (untied)",
                        "biases         queries, keys and values, output of attention",
                        "norms          of queries and keys too",
                        "ends with      token 0",
                        "tokenizer      none; a run needs tokenizer.json",
                        "chat template  default in tokenizer_config.json, SHA-256"
                                + " f24189f08c85a1eb19a737306c3a13e85462ee33d964f28108d64a2485fa2171",
                        "chat template  tools in tokenizer_config.json, SHA-256"
                                + " e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                        "",
                        "What a run with this configuration holds, besides what single micro-batches need:",
                        "weights        104,448 bytes (0.1 MB) in the trainer, and in each generator",
                        "moments        208,896 bytes (0.2 MB) in the trainer",
                        "gradient       104,448 bytes (0.1 MB) in the trainer",
                        "a version      104,448 bytes (0.1 MB); the topic keeps 4 (weights.versions-kept)",
                        "KV cache       393,216 bytes (0.4 MB) in each generator: 2 sequences (generation.slots) of 256"
                                + " positions");
    }

    @Test
    void saysTheSameAsJson() throws IOException {
        assertThat(execute("--json", ORACLES.resolve("llama").toString())).isZero();

        JsonNode json = Json.parse(out.toString());
        assertThat(json.path("family").asText()).isEqualTo("llama");
        assertThat(json.path("needs").path("weights").asLong())
                .isEqualTo(4 * json.path("parameters").asLong());
        assertThat(json.path("chatTemplates").isEmpty()).isTrue();
        assertThat(json.path("tokenizer").asBoolean(true)).isFalse();
    }

    @Test
    void writesTheLogProbsOfTransformersForFilesOfTokens() throws IOException {
        JsonNode oracle = Json.read(QWEN3.resolve("oracle.json"));
        StringBuilder lines = new StringBuilder();
        for (JsonNode sequence : oracle.path("sequences")) {
            lines.append("{\"id\": \"s\", \"tokens\": ").append(sequence).append("}\n");
        }
        Path output = directory.resolve("logprobs.jsonl");

        assertThat(execute(QWEN3.toString(), "--logprobs", tokens(lines.toString()), "--output", output.toString()))
                .isZero();

        assertThat(out.toString()).isEmpty();
        assertThat(error.toString()).endsWith(", 0 lines left out\n");
        List<String> written = Files.readAllLines(output);
        assertThat(written).hasSameSizeAs(oracle.path("log_probs"));
        for (int i = 0; i < written.size(); i++) {
            JsonNode logProbs = Json.parse(written.get(i)).path("logprobs");
            assertThat(logProbs.path(0).isNull()).isTrue();
            assertThat(values(logProbs, 1))
                    .containsExactly(values(oracle.path("log_probs").path(i), 0), within(CLOSE));
        }
    }

    @Test
    void aWrongLineIsNamedAndEndsWithAFailureAfterTheOthers() throws IOException {
        String file = tokens("{\"id\": 1, \"tokens\": [61]}\n{\"id\": 2, \"tokens\": [60]}\n");

        assertThat(execute(QWEN3.toString(), "--logprobs", file)).isEqualTo(1);

        assertThat(out.toString()).isEqualTo("{\"id\":2,\"logprobs\":[null]}\n");
        assertThat(error.toString().lines())
                .containsExactly(
                        file + ", line 1: token 0 is 61: ids of this policy are 0 to 60",
                        "1 lines with 1 tokens, 1 lines left out");
    }

    @Test
    void aFolderThatIsRefusedHasALineForEachProblem() throws IOException {
        Path model = copied();
        Path config = model.resolve("config.json");
        Files.writeString(
                config,
                Files.readString(config).replace("\"hidden_act\": \"silu\"", "\"hidden_act\": \"gelu\", \"x\": 1"));

        assertThat(execute(model.toString())).isEqualTo(1);

        assertThat(out.toString()).isEmpty();
        assertThat(error.toString().lines())
                .containsExactly(
                        "tramontane: " + config + ": hidden_act = \"gelu\": not computed; silu is",
                        "tramontane: " + config + ": x = 1: not a key that is known of model_type qwen3; remove it if"
                                + " the model does not depend on it");
    }

    @Test
    void optionsThatDoNotGoTogetherAreNamed() throws IOException {
        assertThat(execute(QWEN3.toString(), "--output", "a")).isEqualTo(2);
        assertThat(execute(QWEN3.toString(), "--json", "--logprobs", "a")).isEqualTo(2);
        assertThat(execute(QWEN3.toString(), "--logprobs", directory + "/a")).isEqualTo(1);

        assertThat(error.toString())
                .contains("--output needs --logprobs")
                .contains("--json is of the table, which --logprobs does not write")
                .contains("there is no file " + directory + "/a with tokens");
    }

    private int execute(String... arguments) {
        List<String> all = new ArrayList<>(List.of("policy"));
        all.addAll(List.of(arguments));
        return Tramontane.commandLine(new PrintWriter(out), new PrintWriter(error))
                .execute(all.toArray(String[]::new));
    }

    private String tokens(String content) throws IOException {
        return Files.writeString(directory.resolve("tokens.jsonl"), content).toString();
    }

    /** The model's folder, to change something in it. */
    private Path copied() throws IOException {
        Path copy = Files.createDirectory(directory.resolve("model"));
        try (Stream<Path> files = Files.list(QWEN3)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }

    private static float[] values(JsonNode array, int from) {
        float[] values = new float[array.size() - from];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) array.get(from + i).asDouble();
        }
        return values;
    }
}
