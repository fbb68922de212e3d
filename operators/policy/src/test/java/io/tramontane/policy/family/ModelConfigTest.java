package io.tramontane.policy.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tramontane.policy.DecoderFeatures;
import io.tramontane.policy.ModelType;
import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.RotaryScaling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What keys of a {@code config.json} mean, also when they are missing, and that all others refuse it. */
class ModelConfigTest {

    private static final Path FILE = Path.of("folder", "config.json");

    /** The defaults of {@code LlamaConfig}, {@code MistralConfig}, {@code Qwen2Config} and {@code Qwen3Config}. */
    @Test
    void missingKeysAreTheDefaultsOfTheFamily() throws IOException {
        assertThat(read("{'model_type': 'llama'}"))
                .isEqualTo(new ModelConfig(
                        new PolicyConfig(32_000, 4096, 11_008, 32, 32, 32, 128, 2048, 1e-6, 10_000)
                                .with(untied(ModelType.LLAMA, false, false, List.of())),
                        2));
        assertThat(read("{'model_type': 'mistral'}"))
                .isEqualTo(new ModelConfig(
                        new PolicyConfig(32_000, 4096, 14_336, 32, 32, 8, 128, 131_072, 1e-6, 10_000)
                                .with(untied(ModelType.MISTRAL, false, false, Collections.nCopies(32, 4096))),
                        2));
        assertThat(read("{'model_type': 'qwen2', 'eos_token_id': 7}"))
                .isEqualTo(new ModelConfig(
                        new PolicyConfig(151_936, 4096, 22_016, 32, 32, 32, 128, 32_768, 1e-6, 10_000)
                                .with(untied(ModelType.QWEN2, true, false, List.of())),
                        7));
        assertThat(read("{'model_type': 'qwen3', 'eos_token_id': 7, 'hidden_size': 1024}"))
                .isEqualTo(new ModelConfig(
                        new PolicyConfig(151_936, 1024, 22_016, 32, 32, 32, 128, 32_768, 1e-6, 10_000)
                                .with(untied(ModelType.QWEN3, false, true, List.of())),
                        7));
    }

    private static DecoderFeatures untied(ModelType type, boolean biases, boolean norms, List<Integer> windows) {
        return new DecoderFeatures(type, false, biases, false, false, norms, new RotaryScaling.None(), windows);
    }

    @Test
    void headsThatAreNullAreDerived() throws IOException {
        PolicyConfig config = read("{'model_type': 'mistral', 'num_attention_heads': 16, 'num_key_value_heads': null,"
                        + " 'head_dim': null}")
                .config();

        assertThat(config.keyValueHeads()).isEqualTo(16);
        assertThat(config.headSize()).isEqualTo(256);
    }

    @Test
    void oneEndTokenMayStandInAList() throws IOException {
        assertThat(read("{'model_type': 'llama', 'eos_token_id': [5]}").endOfSequence())
                .isEqualTo(5);
    }

    @Test
    void theWindowsOfQwenAreThoseOfItsLayers() throws IOException {
        String sizes = "'eos_token_id': 1, 'num_hidden_layers': 3, 'sliding_window': 9";
        assertThat(windows("{'model_type': 'qwen2', " + sizes + "}")).isEmpty();
        assertThat(windows("{'model_type': 'qwen2', 'use_sliding_window': true, " + sizes + "}"))
                .isEmpty();
        assertThat(windows(
                        "{'model_type': 'qwen2', 'use_sliding_window': true, 'max_window_layers': 2, " + sizes + "}"))
                .containsExactly(0, 0, 9);
        assertThat(windows(
                        "{'model_type': 'qwen3', 'use_sliding_window': true, 'max_window_layers': 0, " + sizes + "}"))
                .containsExactly(9, 9, 9);
        assertThat(windows("{'model_type': 'qwen3', 'use_sliding_window': true, 'max_window_layers': 0, 'layer_types':"
                        + " ['full_attention', 'sliding_attention', 'full_attention'], " + sizes + "}"))
                .containsExactly(0, 9, 0);
    }

    private static List<Integer> windows(String json) throws IOException {
        return read(json).config().features().windows();
    }

    /** The same in the keys of transformers 4 and 5. */
    @Test
    void rotaryPositionsAreReadInBothForms() throws IOException {
        RotaryScaling llama = new RotaryScaling.Llama3(8, 1, 4, 512);
        String keys = "'factor': 8, 'low_freq_factor': 1.0, 'high_freq_factor': 4.0,"
                + " 'original_max_position_embeddings': 512";
        PolicyConfig old = read("{'model_type': 'llama', 'rope_theta': 500.0, 'rope_scaling': {'type': 'llama3', "
                        + keys + "}}")
                .config();
        PolicyConfig newer = read("{'model_type': 'llama', 'rope_parameters': {'rope_theta': 500.0, 'rope_type':"
                        + " 'llama3', " + keys + "}}")
                .config();

        assertThat(old.features().rotary()).isEqualTo(llama);
        assertThat(old.ropeTheta()).isEqualTo(500);
        assertThat(newer).isEqualTo(old);
    }

    @Test
    void theAttentionFactorOfYarnIsDerivedWhereItIsNotGiven() throws IOException {
        assertThat(yarn("'factor': 4.0").attentionFactor()).isEqualTo(0.1 * Math.log(4) + 1);
        assertThat(yarn("'factor': 4.0, 'attention_factor': 1.5").attentionFactor())
                .isEqualTo(1.5);
        assertThat(yarn("'factor': 4.0, 'mscale': 1.0, 'mscale_all_dim': 1.0").attentionFactor())
                .isEqualTo(1);
        assertThat(yarn("'factor': null"))
                .isEqualTo(new RotaryScaling.Yarn(4, 512, 32, 1, 0.1 * Math.log(4) + 1, true));
    }

    private static RotaryScaling.Yarn yarn(String keys) throws IOException {
        return (RotaryScaling.Yarn) read("{'model_type': 'llama', 'rope_scaling': {'rope_type': 'yarn',"
                        + " 'original_max_position_embeddings': 512, " + keys + "}}")
                .config()
                .features()
                .rotary();
    }

    /** Each is refused by its name and its value. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "llama | hidden_act | 'gelu'",
                "llama | attention_dropout | 0.1",
                "llama | num_experts | 8",
                "llama | sliding_window | 4096",
                "llama | partial_rotary_factor | 0.5",
                "llama | rope_interleaved | true",
                "llama | quantization_config | {'bits': 4}",
                "llama | auto_map | {'AutoModel': 'x'}",
                "llama | architectures | ['LlamaForSequenceClassification']",
                "llama | rms_norm_eps | 'small'",
                "llama | num_hidden_layers | 0",
                "llama | vocab_size | null",
                "llama | tie_word_embeddings | 1",
                "llama | eos_token_id | [1, 2]",
                "llama | eos_token_id | 32000",
                "llama | eos_token_id | null",
                "llama | residual_multiplier | 0.5",
                "llama | original_max_position_embeddings | 4096",
                "mistral | attention_bias | true",
                "mistral | layer_types | ['full_attention']",
                "mistral | sliding_window | 0",
                "qwen2 | layer_types | ['full_attention']",
                "qwen2 | use_mrope | true",
                "qwen2 | eos_token_id | null",
                "qwen3 | mlp_bias | false",
                "qwen3 | pruned_heads | {'0': [1]}"
            })
    void aKeyThatIsNotComputedIsNamed(String type, String key, String value) {
        String end = key.equals("eos_token_id") || type.equals("llama") ? "" : "'eos_token_id': 1, ";

        assertThat(problems("{'model_type': '" + type + "', " + end + "'" + key + "': " + value + "}"))
                .singleElement()
                .asString()
                .startsWith(FILE + ": " + key + " = "
                        + value.replace('\'', '"').replace(": ", ":").replace(", ", ",") + ": ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'rope_type': 'dynamic', 'factor': 2.0} | rope_scaling.rope_type = \"dynamic\"",
                "{'type': 'longrope'} | rope_scaling.type = \"longrope\"",
                "{'type': 'mrope'} | rope_scaling.type = \"mrope\"",
                "{'rope_type': 'linear'} | rope_scaling.factor is missing",
                "{'rope_type': 'linear', 'factor': 0} | rope_scaling = ",
                "{'rope_type': 'linear', 'factor': 2, 'beta_fast': 3} | rope_scaling.beta_fast = 3",
                "{'rope_type': 'llama3', 'factor': 2, 'low_freq_factor': 1} | rope_scaling.high_freq_factor is missing",
                "{'rope_type': 'yarn', 'factor': 2, 'beta_fast': 1, 'beta_slow': 2} | rope_scaling = ",
                "{'rope_type': 'yarn', 'type': 'linear', 'factor': 2} | rope_scaling.type = \"linear\"",
                "{'full_attention': {'rope_type': 'default'}} | rope_scaling.full_attention = ",
                "{'rope_type': 'linear', 'factor': 2, 'rope_theta': 5.0} | rope_theta = 7.0"
            })
    void aScalingThatIsNotComputedIsNamed(String scaling, String named) {
        assertThat(problems("{'model_type': 'llama', 'rope_theta': 7.0, 'rope_scaling': " + scaling + "}"))
                .first()
                .asString()
                .startsWith(FILE + ": " + named);
    }

    @Test
    void bothFormsOfAScalingMustAgree() {
        assertThat(problems("{'model_type': 'llama', 'rope_scaling': {'rope_type': 'linear', 'factor': 2.0},"
                        + " 'rope_parameters': {'rope_type': 'linear', 'factor': 4.0}}"))
                .singleElement()
                .asString()
                .contains("rope_scaling = ", "differs from rope_parameters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ministral",
                "ministral3",
                "mistral3",
                "mistral4",
                "mixtral",
                "gemma",
                "gemma2",
                "phi3",
                "qwen2_moe",
                "qwen3_moe",
                "llama4",
                "gpt2",
                ""
            })
    void otherFamiliesAreRefusedByName(String type) {
        assertThat(problems("{'model_type': '" + type + "', 'anything': 1}"))
                .singleElement()
                .asString()
                .startsWith(FILE + ": model_type = \"" + type + "\": not computed")
                .endsWith("bring a model of llama, mistral, qwen2, qwen3");
    }

    @Test
    void everyProblemHasALine() {
        assertThat(problems("{'model_type': 'qwen3', 'hidden_act': 'gelu', 'experts': 4, 'head_dim': 'x'}"))
                .containsExactly(
                        FILE + ": hidden_act = \"gelu\": not computed; silu is",
                        FILE + ": head_dim = \"x\": write a positive integer",
                        FILE
                                + ": eos_token_id is missing: write the id of the token that ends a completion, below vocab_size",
                        FILE + ": experts = 4: not a key that is known of model_type qwen3; remove it if the model does"
                                + " not depend on it");
    }

    @Test
    void sizesThatDoNotFitTogetherAreRefused() {
        assertThat(problems("{'model_type': 'llama', 'num_key_value_heads': 5}"))
                .singleElement()
                .asString()
                .contains("attention heads (32) must be a multiple of key-value heads (5)");
    }

    @Test
    void aFileWithoutAFamilyIsRefused() {
        assertThatThrownBy(() -> read("{}"))
                .isInstanceOf(ModelFolderException.class)
                .hasMessageContaining("model_type");
    }

    private static List<String> problems(String json) {
        return catchThrowableOfType(ModelFolderException.class, () -> read(json))
                .lines();
    }

    private static ModelConfig read(String json) throws IOException {
        return ModelConfig.read(FILE, new ObjectMapper().readTree(json.replace('\'', '"')));
    }
}
