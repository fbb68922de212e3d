package io.tramontane.policy.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.TensorSpec;
import io.tramontane.policy.Weights;
import io.tramontane.policy.family.ModelFolderException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelTensorsTest {

    private static final PolicyConfig CONFIG = new PolicyConfig(30, 8, 12, 1, 2, 1, 4, 32, 1e-6, 10_000);
    private static final List<TensorSpec> SPECS = CONFIG.tensors();
    private static final Weights WEIGHTS = Weights.initialise(CONFIG, 1);
    private static final TensorSpec FREQUENCIES =
            new TensorSpec("model.layers.0.self_attn.rotary_emb.inv_freq", List.of(2L));
    private static final TensorSpec OUTPUT = new TensorSpec("lm_head.weight", List.of(30L, 8L));

    @TempDir
    private Path folder;

    @Test
    void tensorsOfNoUseAreNamed() throws IOException {
        write(
                "model.safetensors",
                with(new TensorSpec("model.layers.0.self_attn.q_proj.bias", List.of(8L))),
                new float[8]);

        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith(folder.resolve("model.safetensors") + ": tensor model.layers.0.self_attn.q_proj.bias:");
    }

    @Test
    void everyTensorThatIsMissingIsNamed() throws IOException {
        List<TensorSpec> some = SPECS.subList(0, SPECS.size() - 2);
        write("model.safetensors", some, new float[0]);

        assertThat(problems()).hasSize(2).allMatch(line -> line.contains("model.safetensors lacks the tensor model."));
    }

    @Test
    void theOutputLayerOfATiedModelMustBeTheEmbedding() throws IOException {
        float[] embedding = Arrays.copyOf(WEIGHTS.values(), 240);
        write("model.safetensors", with(OUTPUT), embedding);
        assertThat(ModelTensors.read(folder, CONFIG).sha256()).isEqualTo(WEIGHTS.sha256());
        assertThat(ModelTensors.types(folder, CONFIG)).containsExactly(entry("F32", (long) WEIGHTS.values().length));

        embedding[239] += 1e-6f;
        write("model.safetensors", with(OUTPUT), embedding);
        assertThat(problems())
                .singleElement()
                .asString()
                .contains("lm_head.weight differs from", "tie_word_embeddings");
    }

    @Test
    void storedFrequenciesMustBeThoseOfTheConfiguration() throws IOException {
        write("model.safetensors", with(FREQUENCIES), new float[] {1, 0.01f});
        assertThatCode(() -> ModelTensors.read(folder, CONFIG)).doesNotThrowAnyException();

        write("model.safetensors", with(FREQUENCIES), new float[] {1, 0.0101f});
        assertThat(problems()).singleElement().asString().contains("rotary_emb.inv_freq differs from the frequencies");
    }

    @Test
    void otherTypesAreNamed() throws IOException {
        Safetensors.write(folder.resolve("model.safetensors"), WEIGHTS);
        byte[] file = Files.readAllBytes(folder.resolve("model.safetensors"));
        String header = new String(file, StandardCharsets.ISO_8859_1);
        Files.writeString(
                folder.resolve("model.safetensors"), header.replaceFirst("F32", "I32"), StandardCharsets.ISO_8859_1);

        assertThat(problems())
                .singleElement()
                .asString()
                .contains("model.embed_tokens.weight is I32", "F32, BF16 and F16");
    }

    @Test
    void anIndexAndItsFilesMustAgree() throws IOException {
        write("a.safetensors", SPECS.subList(0, 5), new float[0]);
        write("b.safetensors", SPECS.subList(5, SPECS.size()), new float[0], offset(5));
        ObjectNode index = index();
        assertThat(ModelTensors.read(folder, CONFIG).sha256()).isEqualTo(WEIGHTS.sha256());

        ((ObjectNode) index.get("weight_map")).put(SPECS.get(0).name(), "b.safetensors");
        ((ObjectNode) index.get("weight_map")).put("extra", "b.safetensors");
        Files.writeString(folder.resolve("model.safetensors.index.json"), index.toString());
        assertThat(problems())
                .hasSize(2)
                .anyMatch(line -> line.contains("a.safetensors: tensor model.embed_tokens.weight: the index says"))
                .anyMatch(line -> line.contains("index.json: tensor extra is not in b.safetensors"));

        ((ObjectNode) index.get("weight_map")).put("extra", "../b.safetensors");
        Files.writeString(folder.resolve("model.safetensors.index.json"), index.toString());
        assertThatThrownBy(() -> ModelTensors.read(folder, CONFIG)).hasMessageContaining("outside its folder");
    }

    @Test
    void aTensorInTwoFilesAndTwoKindsOfFilesAreRefused() throws IOException {
        write("a.safetensors", SPECS.subList(0, 5), new float[0]);
        write("b.safetensors", SPECS.subList(4, SPECS.size()), new float[0], offset(4));
        index();
        assertThat(problems())
                .singleElement()
                .asString()
                .contains("b.safetensors: tensor " + SPECS.get(4).name() + " is in", "a.safetensors too");

        Safetensors.write(folder.resolve("model.safetensors"), WEIGHTS);
        assertThat(problems()).singleElement().asString().contains("are both there");
    }

    @Test
    void aFileOfTheIndexThatIsMissingIsNamed() throws IOException {
        write("a.safetensors", SPECS.subList(0, 5), new float[0]);
        write("b.safetensors", SPECS.subList(5, SPECS.size()), new float[0], offset(5));
        index();
        Files.delete(folder.resolve("b.safetensors"));

        assertThatThrownBy(() -> ModelTensors.read(folder, CONFIG))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("b.safetensors");
    }

    /** IEEE 754: sign, five bits of exponent with a bias of 15, ten of fraction. */
    @Test
    void everyHalfIsReadExactly() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            int exponent = bits >> 10 & 31;
            double fraction = (bits & 1023) / 1024.0;
            double magnitude =
                    exponent == 0 ? fraction * Math.pow(2, -14) : (1 + fraction) * Math.pow(2, exponent - 15);
            if (exponent == 31) {
                magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
            }
            float read = TensorFile.ofHalf((short) bits);
            assertThat(Float.floatToIntBits(read))
                    .isEqualTo(Float.floatToIntBits((float) (bits < 1 << 15 ? magnitude : -magnitude)));
        }
    }

    /** Of the first tensor after so many, in the flat weights. */
    private static int offset(int tensors) {
        return (int)
                SPECS.subList(0, tensors).stream().mapToLong(TensorSpec::size).sum();
    }

    /** Of reading and of describing alike. */
    private List<String> problems() {
        List<String> lines = catchThrowableOfType(ModelFolderException.class, () -> ModelTensors.read(folder, CONFIG))
                .lines();
        assertThat(catchThrowableOfType(ModelFolderException.class, () -> ModelTensors.types(folder, CONFIG))
                        .lines())
                .isEqualTo(lines);
        return lines;
    }

    private static List<TensorSpec> with(TensorSpec more) {
        List<TensorSpec> specs = new ArrayList<>(SPECS);
        specs.add(more);
        return specs;
    }

    /** Every tensor of two files by the first that has it. */
    private ObjectNode index() throws IOException {
        ObjectNode index = PolicyFiles.JSON.createObjectNode();
        ObjectNode map = index.putObject("weight_map");
        for (String name : List.of("b.safetensors", "a.safetensors")) {
            try (TensorFile file = TensorFile.open(folder.resolve(name))) {
                file.names().forEach(tensor -> map.put(tensor, name));
            }
        }
        Files.writeString(folder.resolve("model.safetensors.index.json"), index.toString());
        return index;
    }

    private void write(String name, List<TensorSpec> specs, float[] more) throws IOException {
        write(name, specs, more, 0);
    }

    /** Tensors with the values of the weights from a place on, and then others. */
    private void write(String name, List<TensorSpec> specs, float[] more, int from) throws IOException {
        int size = (int) specs.stream().mapToLong(TensorSpec::size).sum();
        ByteBuffer values = ByteBuffer.allocate(size * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        values.asFloatBuffer().put(WEIGHTS.values(), from, size - more.length).put(more);
        Safetensors.write(folder.resolve(name), Weights.fromBytes(specs, values));
    }
}
