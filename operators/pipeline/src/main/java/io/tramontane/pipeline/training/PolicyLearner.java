package io.tramontane.pipeline.training;

import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.Weights;
import io.tramontane.policy.files.PolicyBundle;
import io.tramontane.policy.files.PolicyFiles;
import io.tramontane.policy.files.TrainerStateFiles;
import io.tramontane.policy.objective.composition.LossSettings;
import io.tramontane.policy.objective.composition.Objective;
import io.tramontane.policy.objective.loss.GrpoLoss;
import io.tramontane.policy.training.MicroBatchStatistics;
import io.tramontane.policy.training.PolicyTrainer;
import io.tramontane.policy.training.StepStatistics;
import io.tramontane.policy.training.TrainerState;
import io.tramontane.policy.training.TrainingSequence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A {@link PolicyTrainer} that begins with a policy in a folder. */
public final class PolicyLearner implements Learner {

    private final PolicyTrainer trainer;
    private final Function<List<TrainingSequence>, MicroBatchStatistics> accumulation;

    private PolicyLearner(PolicyTrainer trainer, TrainingSettings settings) {
        this.trainer = trainer;
        this.accumulation = accumulation(trainer, settings);
    }

    private static Function<List<TrainingSequence>, MicroBatchStatistics> accumulation(
            PolicyTrainer trainer, TrainingSettings settings) {
        LossSettings loss = settings.loss();
        return switch (settings.computing()) {
            case OBJECTIVE_IN_JAVA -> {
                Objective objective = loss.objective();
                yield microBatch -> trainer.accumulate(microBatch, objective);
            }
            case LOSS_IN_PYTORCH -> {
                var grpo = (GrpoLoss.Settings) loss.options();
                yield microBatch -> trainer.accumulateInPyTorch(microBatch, grpo, loss.klCoefficient());
            }
        };
    }

    /**
     * Learners that begin with the policy in {@code directory}, in Hugging Face's layout. The folder must be readable
     * where the trainer runs, at every start: it also tells the shape of the policy, and the KL term pulls towards it.
     */
    public static LearnerFactory startingFrom(Path directory, TrainingSettings settings) {
        String folder = directory.toAbsolutePath().toString();
        return restored -> create(Path.of(folder), settings, restored);
    }

    /**
     * Learners that go on from the trainer's state in {@code state}, as {@link TrainerStateFiles} keep it. The policy
     * in {@code directory} tells the shape, and the KL term pulls towards it; both folders must be readable where the
     * trainer runs.
     */
    public static LearnerFactory goingOnFrom(Path state, Path directory, TrainingSettings settings) {
        String folder = directory.toAbsolutePath().toString();
        String stateFolder = state.toAbsolutePath().toString();
        return restored -> create(
                Path.of(folder),
                settings,
                Optional.of(restored.isPresent() ? restored.get() : TrainerStateFiles.load(Path.of(stateFolder))));
    }

    private static Learner create(Path directory, TrainingSettings settings, Optional<TrainerState> restored)
            throws IOException {
        PolicyBundle base = PolicyFiles.load(directory);
        TrainerState start = restored.orElseGet(() -> TrainerState.startingFrom(base.weights()));
        requireFit(start.weights(), base.config(), directory);
        var trainer = new PolicyTrainer(base.config(), settings.optimizer(), start);
        if (settings.loss().klCoefficient() > 0) {
            trainer.setReference(base.weights());
        }
        return new PolicyLearner(trainer, settings);
    }

    private static void requireFit(Weights weights, PolicyConfig config, Path directory) throws IOException {
        if (!weights.specs().equals(config.tensors())) {
            throw new IOException("the restored weights have other tensors than the policy in " + directory + " says");
        }
    }

    @Override
    public MicroBatchStatistics accumulate(List<TrainingSequence> microBatch) {
        return accumulation.apply(microBatch);
    }

    @Override
    public StepStatistics step() {
        return trainer.step();
    }

    @Override
    public long steps() {
        return trainer.steps();
    }

    @Override
    public TrainerState state() {
        return trainer.state();
    }

    @Override
    public long liveArrays() {
        return trainer.liveArrays();
    }

    @Override
    public void close() {
        trainer.close();
    }
}
