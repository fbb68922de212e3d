package io.tramontane.policy.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tramontane.policy.DecoderFeatures;
import io.tramontane.policy.ModelType;
import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.RotaryScaling;
import io.tramontane.policy.TensorSpec;
import io.tramontane.policy.family.ModelConfig;
import io.tramontane.policy.family.ModelFolderException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Models that many people use, with the {@code config.json} and the tensors they were published with, written down from
 * their pages: each is accepted with its shape, or refused with the reason.
 */
class PublishedModelsTest {

    /** Parameters as their pages say, of those that are accepted. */
    private static final Map<String, Long> PARAMETERS = Map.of(
            "SmolLM2-135M", 134_515_008L,
            "Llama-3.2-1B", 1_235_814_400L,
            "Mistral-7B-v0.3", 7_248_023_552L,
            "Ministral-8B-Instruct-2410", 8_019_808_256L,
            "Qwen2.5-0.5B", 494_032_768L,
            "Qwen3-0.6B", 596_049_920L);

    @TempDir
    private Path folder;

    static List<String> models() throws IOException, URISyntaxException {
        Path all = Path.of(PublishedModelsTest.class.getResource("published").toURI());
        try (Stream<Path> files = Files.list(all)) {
            return files.map(file -> file.getFileName().toString().replaceAll("\\.json$", ""))
                    .sorted()
                    .toList();
        }
    }

    private static JsonNode published(String name) throws IOException {
        try (InputStream in = PublishedModelsTest.class.getResourceAsStream("published/" + name + ".json")) {
            return PolicyFiles.JSON.readTree(in);
        }
    }

    @Test
    void thereAreTen() throws IOException, URISyntaxException {
        assertThat(models()).hasSize(10).containsAll(PARAMETERS.keySet());
    }

    @ParameterizedTest
    @MethodSource("models")
    void eachIsAcceptedOrRefusedForItsReason(String name) throws IOException {
        JsonNode model = published(name);
        if (model.has("refused")) {
            assertThat(PARAMETERS).doesNotContainKey(name);
            assertThatThrownBy(() -> config(model))
                    .isInstanceOf(ModelFolderException.class)
                    .hasMessageStartingWith(
                            "config.json: " + model.path("refused").asText());
            return;
        }
        PolicyConfig config = config(model);

        assertThat(config.tensors().stream().mapToLong(TensorSpec::size).sum()).isEqualTo(PARAMETERS.get(name));
        // The file is as long as the real one, and empty.
        writeTensors(model.path("tensors"), config.layers());
        ModelTensors.check(folder, config);
    }

    @Test
    void theirFeaturesAreRead() throws IOException {
        assertThat(features("SmolLM2-135M")).isEqualTo(DecoderFeatures.PLAIN);
        assertThat(features("Llama-3.2-1B").rotary()).isEqualTo(new RotaryScaling.Llama3(32, 1, 4, 8192));
        assertThat(features("Mistral-7B-v0.3"))
                .isEqualTo(new DecoderFeatures(
                        ModelType.MISTRAL, false, false, false, false, false, new RotaryScaling.None(), List.of()));
        assertThat(features("Ministral-8B-Instruct-2410").windows()).hasSize(36).containsOnly(32_768);
        assertThat(features("Qwen2.5-0.5B"))
                .isEqualTo(new DecoderFeatures(
                        ModelType.QWEN2, true, true, false, false, false, new RotaryScaling.None(), List.of()));
        assertThat(features("Qwen3-0.6B"))
                .isEqualTo(new DecoderFeatures(
                        ModelType.QWEN3, true, false, false, false, true, new RotaryScaling.None(), List.of()));
        assertThat(config(published("Qwen3-0.6B")).headSize()).isEqualTo(128);
    }

    private static DecoderFeatures features(String name) throws IOException {
        return config(published(name)).features();
    }

    private static PolicyConfig config(JsonNode model) throws IOException {
        return ModelConfig.read(Path.of("config.json"), model.path("config")).config();
    }

    private void writeTensors(JsonNode tensors, int layers) throws IOException {
        ObjectNode header = PolicyFiles.JSON.createObjectNode();
        long end = 0;
        for (Iterator<String> names = tensors.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            long bytes = 2;
            for (JsonNode dimension : tensors.get(name)) {
                bytes *= dimension.asLong();
            }
            for (int layer = 0; layer < (name.contains("*") ? layers : 1); layer++) {
                ObjectNode tensor = header.putObject(name.replace("*", Integer.toString(layer)));
                tensor.put("dtype", "BF16");
                tensor.set("shape", tensors.get(name));
                ArrayNode offsets = tensor.putArray("data_offsets");
                offsets.add(end).add(end + bytes);
                end += bytes;
            }
        }
        byte[] json = PolicyFiles.JSON.writeValueAsBytes(header);
        ByteBuffer head = ByteBuffer.allocate(Long.BYTES + json.length).order(ByteOrder.LITTLE_ENDIAN);
        head.putLong(json.length).put(json);
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("model.safetensors").toFile(), "rw")) {
            file.write(head.array());
            file.setLength(head.capacity() + end);
        }
    }
}
