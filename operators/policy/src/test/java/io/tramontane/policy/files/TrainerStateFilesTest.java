package io.tramontane.policy.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.Weights;
import io.tramontane.policy.tokenizer.BytePairTrainer;
import io.tramontane.policy.training.TrainerState;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerStateFilesTest {

    private static final PolicyConfig CONFIG = new PolicyConfig(300, 8, 12, 1, 2, 1, 4, 32, 1e-6, 10_000);
    private static final TrainerState STATE = new TrainerState(
            Weights.initialise(CONFIG, 1), Weights.initialise(CONFIG, 2), Weights.initialise(CONFIG, 3), 12);

    @TempDir
    private Path directory;

    private Path stored;

    @BeforeEach
    void save() throws IOException {
        stored = directory.resolve("state");
        String tokenizer = new BytePairTrainer(300, List.of()).train(List.of("some text"));
        PolicyBundle base =
                new PolicyBundle(CONFIG, Weights.initialise(CONFIG, 9), tokenizer, BytePairTrainer.endOfSequence());
        TrainerStateFiles.save(stored, base, STATE);
    }

    @Test
    void aStateComesBackAsItWasSaved() throws IOException {
        TrainerState loaded = TrainerStateFiles.load(stored);

        assertThat(loaded.step()).isEqualTo(12);
        assertThat(loaded.weights().sha256()).isEqualTo(STATE.weights().sha256());
        assertThat(loaded.firstMoment().sha256()).isEqualTo(STATE.firstMoment().sha256());
        assertThat(loaded.secondMoment().sha256())
                .isEqualTo(STATE.secondMoment().sha256());
    }

    @Test
    void itIsAPolicyAsWell() throws IOException {
        assertThat(PolicyFiles.load(stored).weights().sha256())
                .isEqualTo(STATE.weights().sha256());
    }

    @Test
    void aFileThatIsBrokenIsNamed() throws IOException {
        Path moment = stored.resolve("exp_avg_sq.safetensors");
        try (FileChannel channel = FileChannel.open(moment, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }
        assertThatThrownBy(() -> TrainerStateFiles.load(stored)).hasMessageContaining(moment.toString());

        Files.delete(stored.resolve("exp_avg.safetensors"));
        assertThatThrownBy(() -> TrainerStateFiles.load(stored)).hasMessageContaining("exp_avg.safetensors");
    }

    @Test
    void aStateWithoutItsStepIsNamed() throws IOException {
        Path progress = Files.writeString(stored.resolve("trainer_state.json"), "{}");

        assertThatThrownBy(() -> TrainerStateFiles.load(stored))
                .isInstanceOf(IOException.class)
                .hasMessage(progress + " lacks the integer global_step");
    }
}
