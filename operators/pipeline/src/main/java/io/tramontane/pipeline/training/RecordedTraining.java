package io.tramontane.pipeline.training;

import io.tramontane.pipeline.StalenessSettings;
import io.tramontane.pipeline.advantage.GroupAdvantage;
import io.tramontane.pipeline.batching.BatchAssembler;
import io.tramontane.pipeline.batching.BatchState;
import io.tramontane.pipeline.batching.BatchingSettings;
import io.tramontane.pipeline.batching.MicroBatch;
import io.tramontane.policy.objective.composition.LossSettings;
import io.tramontane.policy.training.TrainerState;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.GroupFate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Trains again on the batches of a recorded run, outside of a job: the same groups in the same order, through the same
 * normalisation, packing, loss and optimizer. With unchanged settings the weights after every step are those of the
 * run, bit for bit, because nothing here depends on time, arrival or the number of processes.
 *
 * <p>Advantages and fates are computed again from the recorded rewards, so that another rule of which groups are kept,
 * or rewards that were replayed themselves, have their effect. Not thread-safe.
 */
public final class RecordedTraining implements AutoCloseable {

    private final Learner learner;
    private final StepRunner runner;
    private final BatchingSettings batching;
    private final GroupAdvantage advantage;

    /** @param learner at the run's beginning; closed together with this */
    public RecordedTraining(Learner learner, LossSettings loss, BatchingSettings batching, GroupAdvantage advantage) {
        this.learner = learner;
        this.runner = new StepRunner(learner, loss);
        this.batching = batching;
        this.advantage = advantage;
    }

    /**
     * Trains on one recorded batch.
     *
     * @param groups the batch's, in the order in which they were trained
     * @return the results of the step; empty when none of the groups teaches anything under these settings
     */
    public Optional<TrainedStep> train(List<Group> groups) {
        List<Group> trainable = new ArrayList<>();
        List<Group> others = new ArrayList<>();
        for (Group group : groups) {
            Group judged = advantage.apply(group);
            (judged.getFate() == GroupFate.TRAINABLE ? trainable : others).add(judged);
        }
        if (trainable.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(train(trainable, others));
    }

    private TrainedStep train(List<Group> trainable, List<Group> others) {
        int completions = trainable.stream()
                .mapToInt(group -> group.getCompletions().size())
                .sum();
        // The recorded batch as a whole, however large a batch the settings of the replay would make.
        var assembler = new BatchAssembler(
                new BatchingSettings(completions, batching.microBatchTokens(), batching.normalisation()),
                new StalenessSettings(Integer.MAX_VALUE),
                BatchState.empty(learner.steps() + 1));
        others.forEach(assembler::count);
        List<MicroBatch> microBatches = List.of();
        for (Group group : trainable) {
            microBatches = assembler.add(group);
        }
        TrainedStep trained = null;
        for (MicroBatch microBatch : microBatches) {
            trained = runner.accept(microBatch).orElse(trained);
        }
        return trained;
    }

    /** Weights, moments and step after the last step; immutable. */
    public TrainerState state() {
        return learner.state();
    }

    @Override
    public void close() {
        learner.close();
    }
}
