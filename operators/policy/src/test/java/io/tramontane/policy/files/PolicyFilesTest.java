package io.tramontane.policy.files;

import static io.tramontane.policy.TestPolicies.END;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.Weights;
import io.tramontane.policy.tokenizer.BytePairTrainer;
import io.tramontane.policy.tokenizer.PolicyTokenizer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyFilesTest {

    private static final PolicyConfig CONFIG = new PolicyConfig(300, 8, 12, 1, 2, 1, 4, 32, 1e-6, 10_000);

    @TempDir
    private Path directory;

    private Path policy;
    private PolicyBundle saved;

    @BeforeEach
    void save() throws IOException {
        policy = directory.resolve("policy");
        saved = new PolicyBundle(
                CONFIG,
                Weights.initialise(CONFIG, 1),
                new BytePairTrainer(300, List.of("<think>")).train(List.of("some text", "some more text")),
                END);
        PolicyFiles.save(policy, saved);
    }

    @Test
    void aPolicyComesBackAsItWasSaved() throws IOException {
        PolicyBundle loaded = PolicyFiles.load(policy);

        assertThat(loaded.config()).isEqualTo(CONFIG);
        assertThat(loaded.weights().sha256()).isEqualTo(saved.weights().sha256());
        assertThat(loaded.tokenizerJson()).isEqualTo(saved.tokenizerJson());
        assertThat(loaded.endOfSequence()).isEqualTo(END);
        try (PolicyTokenizer tokenizer = PolicyFiles.loadTokenizer(policy)) {
            assertThat(tokenizer.decode(tokenizer.encode("some text"))).isEqualTo("some text");
        }
    }

    @Test
    void aFolderIsDescribedWithoutItsWeights() throws IOException {
        ModelDescription described = PolicyFiles.describe(policy);

        assertThat(described.config()).isEqualTo(CONFIG);
        assertThat(described.parameters()).isEqualTo(saved.weights().values().length);
        assertThat(described.embeddingParameters()).isEqualTo(300 * 8);
        assertThat(described.parametersByType()).isEqualTo(Map.of("F32", described.parameters()));
        assertThat(described.endOfSequence()).containsExactly(END);
        assertThat(described.tokenizer()).contains(policy.resolve("tokenizer.json"));
        assertThat(described.chatTemplates()).isEmpty();

        Files.delete(policy.resolve("tokenizer.json"));
        assertThat(PolicyFiles.describe(policy).tokenizer()).isEmpty();
    }

    @Test
    void configurationAndTensorsHaveHuggingFacesNames() throws IOException {
        JsonNode config =
                new ObjectMapper().readTree(policy.resolve("config.json").toFile());
        assertThat(config.at("/architectures/0").asText()).isEqualTo("LlamaForCausalLM");
        assertThat(config.path("num_key_value_heads").asInt()).isEqualTo(1);
        assertThat(config.path("tie_word_embeddings").asBoolean()).isTrue();

        byte[] file = Files.readAllBytes(policy.resolve("model.safetensors"));
        int length = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        JsonNode header = new ObjectMapper().readTree(new String(file, 8, length, StandardCharsets.UTF_8));
        assertThat(header.at("/model.layers.0.self_attn.q_proj.weight/shape").toString())
                .isEqualTo("[8,8]");
        assertThat(header.at("/model.layers.0.self_attn.k_proj.weight/shape").toString())
                .isEqualTo("[4,8]");
        assertThat(header.at("/model.embed_tokens.weight/data_offsets").toString())
                .isEqualTo("[0,9600]");
        assertThat(length % 8).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 8, 200, 5_000})
    void aTruncatedWeightsFileIsNamed(int bytes) throws IOException {
        Path weights = policy.resolve("model.safetensors");
        Files.write(weights, Arrays.copyOf(Files.readAllBytes(weights), bytes));

        assertThatThrownBy(() -> PolicyFiles.load(policy))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("model.safetensors")
                .hasMessageContaining("truncated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tokenizer.json", "config.json"})
    void aTruncatedTextFileIsNamed(String name) throws IOException {
        Path file = policy.resolve(name);
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 100));

        assertThatThrownBy(() -> PolicyFiles.load(policy))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(name);
    }

    @Test
    void aShapeThatContradictsTheConfigurationIsNamed() throws IOException {
        Path config = policy.resolve("config.json");
        Files.writeString(
                config, Files.readString(config).replace("\"intermediate_size\" : 12", "\"intermediate_size\" : 13"));

        assertThatThrownBy(() -> PolicyFiles.load(policy))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("mlp.gate_proj.weight")
                .hasMessageContaining("[12,8]");
    }

    @Test
    void nothingIsOverwrittenAndNothingHalfWrittenIsLeft() throws IOException {
        assertThatThrownBy(() -> PolicyFiles.save(policy, saved))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("policy");

        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).containsExactly(policy);
        }
    }
}
