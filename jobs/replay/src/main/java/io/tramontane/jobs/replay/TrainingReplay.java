package io.tramontane.jobs.replay;

import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.jobs.topology.Fork;
import io.tramontane.jobs.topology.TrainJob;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.pipeline.advantage.GroupAdvantage;
import io.tramontane.pipeline.training.Learner;
import io.tramontane.pipeline.training.RecordedTraining;
import io.tramontane.pipeline.training.TrainedStep;
import io.tramontane.policy.Weights;
import io.tramontane.policy.training.TrainerState;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Trains a recorded run again, step by step, and compares the weights. Used by one thread. */
public final class TrainingReplay {

    /**
     * One step of the run and of its replay.
     *
     * @param recorded as the run logged it
     * @param replayed empty when none of its groups teaches anything under the replay's settings
     * @param weightsHash SHA-256 (hex) of the replayed weights after the step
     */
    public record ReplayedStep(Step recorded, Optional<TrainedStep> replayed, String weightsHash) {

        /** Whether the weights are the recorded ones, bit for bit. */
        public boolean identical() {
            return recorded.getWeightsHash().equals(weightsHash);
        }
    }

    /**
     * What came out.
     *
     * @param steps in order
     * @param differing names of the tensors in which the first step that differs differs; empty when none does, or when
     *     the run did not record its tensors' checksums
     * @param state weights, moments and step after the last step
     * @param seconds the training alone took
     */
    public record Result(List<ReplayedStep> steps, List<String> differing, TrainerState state, double seconds) {

        /** The first step whose weights are not the recorded ones. */
        public Optional<ReplayedStep> firstDifference() {
            return steps.stream().filter(step -> !step.identical()).findFirst();
        }
    }

    /** Called after every step. */
    @FunctionalInterface
    public interface Progress {
        void replayed(ReplayedStep step, int of);
    }

    private final TramontaneConfig config;
    private final RunDirectory directory;

    /**
     * @param config the run's settings, or what they should have been
     * @param directory the run's
     */
    public TrainingReplay(TramontaneConfig config, RunDirectory directory) {
        this.config = config;
        this.directory = directory;
    }

    /**
     * The recorded steps, in order.
     *
     * @throws ReplayException when there are none, or one is missing
     */
    public List<Step> log(KafkaSettings kafka) {
        return read(kafka, Long.MAX_VALUE).steps();
    }

    private RecordedBatches read(KafkaSettings kafka, long last) {
        return RecordedBatches.read(kafka, directory.id(), Fork.beginning(directory.fork()), last);
    }

    /**
     * Trains from the base policy on, or from where a fork begins.
     *
     * @param groupsRun whose rewards: the run's own id, or that of a replay of its rewards
     * @param last the last step to replay
     * @throws ReplayException when the run's topics do not hold what is needed
     * @throws IOException when the base policy cannot be read
     */
    public Result run(KafkaSettings kafka, String groupsRun, long last, Progress progress) throws IOException {
        RecordedBatches batches = read(kafka, last);
        List<ReplayedStep> steps = new ArrayList<>();
        List<String> differing = new ArrayList<>();
        long start = System.nanoTime();
        try (RecordedTraining training = open()) {
            batches.forEach(kafka, groupsRun, (step, groups) -> {
                ReplayedStep replayed = replay(training, step, groups);
                if (!replayed.identical() && steps.stream().allMatch(ReplayedStep::identical)) {
                    differing.addAll(differences(
                            step.getTensorChecksums(), training.state().weights()));
                }
                steps.add(replayed);
                progress.replayed(replayed, batches.steps().size());
            });
            return new Result(steps, differing, training.state(), (System.nanoTime() - start) / 1e9);
        }
    }

    private RecordedTraining open() throws IOException {
        Learner learner = TrainJob.learners(directory.basePolicy(), Fork.in(directory.fork()), config.training())
                .create(Optional.empty());
        return new RecordedTraining(
                learner,
                config.training().loss(),
                config.pipeline().batching(),
                new GroupAdvantage(config.pipeline().advantage()));
    }

    private static ReplayedStep replay(RecordedTraining training, Step step, List<Group> groups) {
        Optional<TrainedStep> trained = training.train(groups);
        return new ReplayedStep(step, trained, training.state().weights().sha256());
    }

    private static List<String> differences(Map<String, Long> recorded, Weights weights) {
        return weights.checksums().entrySet().stream()
                .filter(tensor -> recorded.containsKey(tensor.getKey())
                        && !recorded.get(tensor.getKey()).equals(tensor.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
