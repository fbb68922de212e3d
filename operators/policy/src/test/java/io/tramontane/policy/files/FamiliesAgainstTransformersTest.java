package io.tramontane.policy.files;

import static io.tramontane.policy.TestPolicies.OPTIMIZER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.TensorSpec;
import io.tramontane.policy.Weights;
import io.tramontane.policy.family.ModelConfig;
import io.tramontane.policy.generation.GeneratedSequence;
import io.tramontane.policy.generation.GenerationEngine;
import io.tramontane.policy.generation.GenerationRequest;
import io.tramontane.policy.generation.GenerationSettings;
import io.tramontane.policy.training.PolicyTrainer;
import io.tramontane.policy.training.TokenSequence;
import io.tramontane.policy.training.TrainerState;
import io.tramontane.schemas.WeightsVersion;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every family with its features on computes what Hugging Face's transformers does: log-probabilities, gradients, and
 * greedy tokens with a cache. The folders are made by {@code src/test/python/make_oracles.py}.
 */
class FamiliesAgainstTransformersTest {

    private static final float CLOSE = 1e-4f;
    private static final double GRADIENT = 1e-3;
    /** What the two likeliest tokens must differ by where the likeliest is compared. */
    private static final float CLEAR = 1e-3f;

    private static final WeightsVersion VERSION = new WeightsVersion(1, 1);

    @TempDir
    private Path temporary;

    static List<String> models() throws IOException, URISyntaxException {
        try (Stream<Path> folders = Files.list(oracles())) {
            return folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private static Path oracles() throws URISyntaxException {
        return Path.of(
                FamiliesAgainstTransformersTest.class.getResource("oracles").toURI());
    }

    private record Model(Path folder, PolicyConfig config, Weights weights, JsonNode oracle) {

        static Model of(String name) throws IOException, URISyntaxException {
            Path folder = oracles().resolve(name);
            Path file = folder.resolve("config.json");
            PolicyConfig config =
                    ModelConfig.read(file, PolicyFiles.readJson(file)).config();
            return new Model(
                    folder,
                    config,
                    ModelTensors.read(folder, config),
                    PolicyFiles.readJson(folder.resolve("oracle.json")));
        }

        List<TokenSequence> sequences() {
            List<TokenSequence> sequences = new ArrayList<>();
            for (JsonNode sequence : oracle.path("sequences")) {
                int[] tokens = ints(sequence);
                sequences.add(
                        new TokenSequence(Arrays.copyOf(tokens, 1), Arrays.copyOfRange(tokens, 1, tokens.length)));
            }
            return sequences;
        }

        PolicyTrainer trainer() {
            return new PolicyTrainer(config, OPTIMIZER, TrainerState.startingFrom(weights));
        }

        GenerationEngine engine(int slots, int tokens) {
            // No token ends a sequence: all have the length that is asked for.
            return new GenerationEngine(config, new GenerationSettings(slots, tokens), -1, weights, VERSION);
        }
    }

    @Test
    void eachFamilyIsThereAndTheTokensAreMany() throws IOException, URISyntaxException {
        int tokens = 0;
        List<String> types = new ArrayList<>();
        for (String name : models()) {
            Model model = Model.of(name);
            types.add(model.config().features().type().key());
            for (TokenSequence sequence : model.sequences()) {
                tokens += sequence.completionTokens().length;
            }
        }
        assertThat(types).contains("llama", "mistral", "qwen2", "qwen3");
        assertThat(tokens).isGreaterThan(1_900);
    }

    @ParameterizedTest
    @MethodSource("models")
    void logProbsAreThoseOfTransformers(String name) throws IOException, URISyntaxException {
        Model model = Model.of(name);
        try (PolicyTrainer trainer = model.trainer()) {
            List<float[]> computed = trainer.logProbs(model.sequences());
            for (int i = 0; i < computed.size(); i++) {
                float[] expected = floats(model.oracle().path("log_probs").path(i));
                assertThat(computed.get(i)).hasSameSizeAs(expected);
                for (int t = 0; t < expected.length; t++) {
                    assertThat(computed.get(i)[t])
                            .as("sequence %d, token %d", i, t)
                            .isCloseTo(expected[t], within(CLOSE));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void theGradientOfEveryTensorIsThatOfTransformers(String name) throws IOException, URISyntaxException {
        Model model = Model.of(name);
        List<TensorSpec> specs = model.config().tensors();
        float[] expected = ModelTensors.read(model.folder().resolve("gradient.safetensors"), specs)
                .values();
        int tokens = model.sequences().stream()
                .mapToInt(sequence -> sequence.completionTokens().length)
                .sum();
        float[] computed;
        try (PolicyTrainer trainer = model.trainer()) {
            trainer.accumulateSupervised(List.of(model.sequences()));
            computed = trainer.gradient().values();
        }
        int at = 0;
        for (TensorSpec spec : specs) {
            double difference = 0;
            double square = 0;
            for (int end = at + (int) spec.size(); at < end; at++) {
                // The loss is the mean of the negative log-probabilities, the oracle their sum.
                difference += Math.pow(-computed[at] * (double) tokens - expected[at], 2);
                square += Math.pow(expected[at], 2);
            }
            assertThat(square).as(spec.name()).isPositive();
            assertThat(Math.sqrt(difference / square)).as(spec.name()).isLessThan(GRADIENT);
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void greedyTokensWithACacheAreThoseOfTransformers(String name) throws IOException, URISyntaxException {
        Model model = Model.of(name);
        JsonNode oracle = model.oracle().path("greedy");
        int[] prompt = ints(oracle.path("prompt"));
        int[] expected = ints(oracle.path("tokens"));
        GenerationRequest request = new GenerationRequest("greedy", prompt, expected.length, 0, 1);

        GeneratedSequence greedy;
        try (GenerationEngine engine = model.engine(1, prompt.length + expected.length)) {
            greedy = generate(engine, List.of(request)).get(0);
        }
        assertThat(floats(oracle.path("margins"))).hasSize(64);
        for (float margin : floats(oracle.path("margins"))) {
            assertThat(margin).isGreaterThan(CLEAR);
        }
        assertThat(greedy.tokens()).isEqualTo(expected);
        assertThat(greedy.logProbs()).containsExactly(floats(oracle.path("log_probs")), within(CLOSE));
    }

    /** Prompts shorter and longer than the windows, completions that outgrow them, unlike rows side by side. */
    @ParameterizedTest
    @MethodSource("models")
    void decodingWithACacheGivesTheTrainersLogProbs(String name) throws IOException, URISyntaxException {
        Model model = Model.of(name);
        List<GenerationRequest> requests = new ArrayList<>();
        for (TokenSequence sequence : model.sequences()) {
            int length = 2 + 5 * requests.size();
            int[] prompt = Arrays.copyOf(sequence.completionTokens(), Math.min(length, 20));
            requests.add(new GenerationRequest("r" + length, prompt, 60 - length, 1, length));
        }
        List<GeneratedSequence> generated;
        try (GenerationEngine engine = model.engine(requests.size(), 80)) {
            generated = generate(engine, requests);
        }
        try (PolicyTrainer trainer = model.trainer()) {
            List<float[]> computed = trainer.logProbs(generated.stream()
                    .map(sequence -> new TokenSequence(sequence.promptTokens(), sequence.tokens()))
                    .toList());
            for (int i = 0; i < generated.size(); i++) {
                assertThat(generated.get(i).logProbs()).containsExactly(computed.get(i), within(CLOSE));
            }
        }
    }

    /** In the keys of transformers 5, whatever those of the folder are. */
    @ParameterizedTest
    @MethodSource("models")
    void whatTransformersSavesMeansTheSame(String name) throws IOException, URISyntaxException {
        Model model = Model.of(name);
        Path file = model.folder().resolve("saved.json");

        assertThat(ModelConfig.read(file, PolicyFiles.readJson(file)).config()).isEqualTo(model.config());
    }

    /** What is saved loads as the same model, whatever its keys and files looked like before. */
    @ParameterizedTest
    @MethodSource("models")
    void aModelThatIsSavedIsTheSame(String name) throws IOException, URISyntaxException {
        Model model = Model.of(name);
        var json = PolicyFiles.JSON.createObjectNode();
        new ModelConfig(model.config(), 0).write(json);
        Path file = temporary.resolve("config.json");
        Files.writeString(file, json.toString());
        Safetensors.write(temporary.resolve("model.safetensors"), model.weights());

        PolicyConfig config = ModelConfig.read(file, PolicyFiles.readJson(file)).config();

        assertThat(config).isEqualTo(model.config());
        assertThat(ModelTensors.read(temporary, config).sha256())
                .isEqualTo(model.weights().sha256());
    }

    private static List<GeneratedSequence> generate(GenerationEngine engine, List<GenerationRequest> requests) {
        requests.forEach(engine::submit);
        List<GeneratedSequence> finished = new ArrayList<>();
        while (finished.size() < requests.size()) {
            finished.addAll(engine.step());
        }
        return finished;
    }

    private static int[] ints(JsonNode array) {
        return IntStream.range(0, array.size()).map(i -> array.get(i).asInt()).toArray();
    }

    private static float[] floats(JsonNode array) {
        float[] values = new float[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) array.get(i).asDouble();
        }
        return values;
    }
}
