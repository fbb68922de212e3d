package io.tramontane.policy.files;

import com.fasterxml.jackson.databind.JsonNode;
import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.training.TrainerState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Stores a trainer's state: the policy in Hugging Face's layout, so that the folder is one to evaluate or serve as
 * well, and beside it AdamW's moments under PyTorch's names, in safetensors with the weights' tensors
 * ({@code exp_avg.safetensors}, {@code exp_avg_sq.safetensors}), and {@code trainer_state.json} with the step.
 */
public final class TrainerStateFiles {

    private static final String FIRST_MOMENT = "exp_avg.safetensors";
    private static final String SECOND_MOMENT = "exp_avg_sq.safetensors";
    private static final String PROGRESS = "trainer_state.json";
    private static final String STEP = "global_step";

    private TrainerStateFiles() {}

    /**
     * Writes the state. The folder is the policy's before it is the trainer's: who needs it whole or not at all writes
     * under another name and moves it.
     *
     * @param policy the policy that was trained; of its weights none are written
     * @throws IOException also when {@code directory} exists and is not empty
     */
    public static void save(Path directory, PolicyBundle policy, TrainerState state) throws IOException {
        PolicyFiles.save(directory, policy.with(state.weights()));
        Safetensors.write(directory.resolve(FIRST_MOMENT), state.firstMoment());
        Safetensors.write(directory.resolve(SECOND_MOMENT), state.secondMoment());
        Files.writeString(directory.resolve(PROGRESS), PolicyFiles.JSON.writeValueAsString(Map.of(STEP, state.step())));
    }

    /** @throws IOException when a file is missing, truncated or inconsistent; the message names it and says how */
    public static TrainerState load(Path directory) throws IOException {
        PolicyBundle policy = PolicyFiles.load(directory);
        PolicyConfig config = policy.config();
        return new TrainerState(
                policy.weights(),
                ModelTensors.read(directory.resolve(FIRST_MOMENT), config.tensors()),
                ModelTensors.read(directory.resolve(SECOND_MOMENT), config.tensors()),
                step(directory.resolve(PROGRESS)));
    }

    private static long step(Path file) throws IOException {
        JsonNode step = PolicyFiles.readJson(file).path(STEP);
        if (!step.isIntegralNumber()) {
            throw new IOException(file + " lacks the integer " + STEP);
        }
        return step.asLong();
    }
}
