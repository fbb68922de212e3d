package io.tramontane.tests.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.jobs.cli.Tramontane;
import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.Weights;
import io.tramontane.policy.files.PolicyBundle;
import io.tramontane.policy.files.PolicyFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user can get wrong ends a command with one clear line a mistake, a non-zero code and nothing half-made. */
class BadInputITCase {

    private static final String TOKENIZER = """
            {"version": "1.0", "added_tokens": [{"id": 0, "content": "<end>", "single_word": false, "lstrip": false,
              "rstrip": false, "normalized": false, "special": true}],
             "model": {"type": "BPE", "vocab": {"<end>": 0, "a": 1}, "merges": []}}
            """;

    @TempDir
    private Path directory;

    private final StringWriter error = new StringWriter();

    @Test
    void everyWrongSettingIsNamedWithItsLine() throws IOException {
        Path config = Files.writeString(
                directory.resolve("my.yaml"), "training:\n  maximum-steps: -1\n  optimiser:\n    learning-rate: 1\n");

        assertThat(run("--config", config.toString(), "--mode", "sideways")).isEqualTo(2);

        assertThat(errors())
                .containsExactly(
                        "tramontane: my.yaml:2: training.maximum-steps: must be greater than or equal to 0, not '-1'",
                        "tramontane: my.yaml:3: training.optimiser: unknown key; did you mean training.optimizer?",
                        "tramontane: --mode: pipeline.scheduling.mode: must be one of async, sync, not 'sideways'");
        assertNothingMade();
    }

    @Test
    void aMissingConfigurationFileIsNamed() {
        Path none = directory.resolve("none.yaml");

        assertThat(run("--config", none.toString())).isEqualTo(2);

        assertThat(errors()).containsExactly("tramontane: " + none + ": there is no such configuration file");
    }

    @Test
    void aMissingDatasetIsFoundBeforeAnythingStarts() throws IOException {
        Path none = directory.resolve("none.jsonl");

        assertThat(run(
                        "--set", "dataset.source=jsonl",
                        "--set", "dataset.path=" + none,
                        "--set", "dataset.held-out-path=" + none))
                .isEqualTo(1);

        assertThat(errors()).containsExactly("tramontane: no dataset at " + none);
        assertNothingMade();
    }

    @Test
    void everyKeyThatIsNotComputedOfAPolicyHasALine() throws IOException {
        Path config = Files.writeString(
                Files.createDirectory(directory.resolve("model")).resolve("config.json"),
                "{\"model_type\": \"llama\", \"hidden_act\": \"gelu\", \"experts\": 8}");

        assertThat(run("--policy", config.getParent().toString())).isEqualTo(1);

        assertThat(errors())
                .containsExactly(
                        "tramontane: " + config + ": hidden_act = \"gelu\": not computed; silu is",
                        "tramontane: " + config + ": experts = 8: not a key that is known of model_type llama;"
                                + " remove it if the model does not depend on it");
        try (Stream<Path> entries = Files.list(directory)) {
            assertThat(entries).containsExactly(config.getParent());
        }
    }

    @Test
    void anOutputFolderThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.writeString(directory.resolve("a-file"), "");

        assertThat(execute("run", "--id", "x", "--output", file.toString())).isEqualTo(1);

        assertThat(errors())
                .singleElement()
                .asString()
                .startsWith("tramontane: cannot write the run's folder " + file.resolve("x") + ": ")
                .endsWith("(--output chooses another place)");
    }

    @Test
    void aBusyPortIsNamedWithTheKeyThatChoosesAnother() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(run("--set", "flink.web-port=" + taken.getLocalPort())).isEqualTo(1);

            assertThat(errors())
                    .singleElement()
                    .asString()
                    .contains("Flink did not start", String.valueOf(taken.getLocalPort()), "flink.web-port");
        }
    }

    @Test
    void aFolderWithoutAClusterIsNamedWithWhatMakesOne() {
        Path none = directory.resolve("none");

        assertThat(execute("cluster", "status", none.toString())).isEqualTo(1);
        assertThat(execute("train", "--cluster", none.toString())).isEqualTo(1);

        assertThat(errors())
                .hasSize(2)
                .containsOnly("tramontane: there is no cluster in " + none
                        + "; start one with: ./tramontane cluster up " + none);
        assertThat(none).doesNotExist();
    }

    @Test
    void faultsAreForARunOfTheirOwn() {
        assertThat(execute("faults", directory.toString())).isEqualTo(1);
        assertThat(execute("faults", directory.resolve("new").toString(), "--every", "soon"))
                .isEqualTo(2);

        assertThat(errors().get(0))
                .isEqualTo("tramontane: " + directory + " exists already; faults are for a run of their own");
        assertThat(errors().get(1)).contains("--every", "must be a duration such as 500ms");
    }

    @Test
    void anUnreachableBrokerIsNamed() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            free = socket.getLocalPort();
        }

        assertThat(run(
                        "--set",
                        "kafka.bootstrap-servers=127.0.0.1:" + free,
                        "--set",
                        "kafka.properties.default.api.timeout.ms=1000"))
                .isEqualTo(1);

        assertThat(errors())
                .singleElement()
                .asString()
                .isEqualTo("tramontane: no Kafka broker at 127.0.0.1:" + free + " answered within 1.0 s");
    }

    @Test
    void aTruncatedSafetensorsFileIsNamed() throws IOException {
        Path run = runWithBasePolicy("cut-weights");
        truncate(run.resolve("base/model.safetensors"));

        assertThat(execute("run", "--output", directory.toString(), "--resume", "cut-weights"))
                .isEqualTo(1);

        assertThat(errors())
                .singleElement()
                .asString()
                .startsWith("tramontane: ")
                .contains(run.resolve("base/model.safetensors").toString());
    }

    @Test
    void aTruncatedTokenizerIsNamed() throws IOException {
        Path run = runWithBasePolicy("cut-tokenizer");
        truncate(run.resolve("base/tokenizer.json"));

        assertThat(execute("run", "--output", directory.toString(), "--resume", "cut-tokenizer"))
                .isEqualTo(1);

        assertThat(errors())
                .singleElement()
                .asString()
                .startsWith("tramontane: ")
                .contains(run.resolve("base/tokenizer.json").toString());
    }

    @Test
    void aRunThatIsNotThereCannotBeResumed() {
        assertThat(execute("run", "--output", directory.toString(), "--resume", "nobody"))
                .isEqualTo(1);

        assertThat(errors())
                .containsExactly(
                        "tramontane: there is no run nobody in " + directory + " (--output says where to look)");
    }

    @Test
    void anExistingRunIsNotOverwritten() throws IOException {
        runWithBasePolicy("mine");

        assertThat(execute("run", "--output", directory.toString(), "--id", "mine"))
                .isEqualTo(1);

        assertThat(errors())
                .containsExactly("tramontane: run mine exists in " + directory
                        + "; go on with --resume mine, or choose another --id");
    }

    /** A run's folder as a killed process leaves it after the warm-up. */
    private Path runWithBasePolicy(String id) throws IOException {
        Path run = Files.createDirectory(directory.resolve(id));
        Files.writeString(run.resolve("config.yaml"), "");
        PolicyConfig shape = new PolicyConfig(2, 8, 8, 1, 2, 1, 4, 16, 1e-5, 10_000);
        PolicyFiles.save(run.resolve("base"), new PolicyBundle(shape, Weights.initialise(shape, 1), TOKENIZER, 0));
        return run;
    }

    private static void truncate(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }
    }

    private int run(String... options) {
        List<String> arguments = new ArrayList<>(List.of("run", "--output", directory.toString()));
        arguments.addAll(List.of(options));
        return execute(arguments.toArray(String[]::new));
    }

    private int execute(String... arguments) {
        return Tramontane.commandLine(new PrintWriter(new StringWriter()), new PrintWriter(error))
                .execute(arguments);
    }

    private List<String> errors() {
        return error.toString().lines().toList();
    }

    private void assertNothingMade() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            assertThat(entries.filter(Files::isDirectory)).isEmpty();
        }
    }
}
