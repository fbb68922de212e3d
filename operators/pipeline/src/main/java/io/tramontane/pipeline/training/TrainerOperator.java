package io.tramontane.pipeline.training;

import io.tramontane.pipeline.Outcomes;
import io.tramontane.pipeline.SideOutputs;
import io.tramontane.pipeline.batching.BatchSummary;
import io.tramontane.pipeline.batching.MicroBatch;
import io.tramontane.pipeline.metrics.OperatorMetrics;
import io.tramontane.policy.SerializedWeights;
import io.tramontane.schemas.Outcome;
import io.tramontane.schemas.Step;
import io.tramontane.schemas.WeightsVersion;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Trains the policy. Emits a step record for each optimizer step and, beside it, the outcome TRAINED of each of its
 * groups; publishes the weights itself, at once, because generators may not wait for a checkpoint.
 *
 * <p>State is what a restart needs to go on bit for bit: weights, moments and step as of the last step, and the
 * micro-batches that are not part of a step yet. Those are trained again after a restore, one at a time between other
 * elements so that checkpoints get through. Weights are published under a new incarnation after every start, so that
 * generators leave versions behind that the restore has undone.
 *
 * <p>After the maximum of steps micro-batches are kept in state instead: nothing is lost, and a run resumed with more
 * steps goes on with them. They are bounded as all that waits here is: a group keeps its credit until the outcome
 * TRAINED, so at most the scheduler's {@code maximum-groups-in-flight} groups can wait, and once they all do the
 * scheduler issues no more. Parallelism 1.
 */
public final class TrainerOperator extends AbstractStreamOperator<Step>
        implements OneInputStreamOperator<MicroBatch, Step> {

    private static final long serialVersionUID = 1L;

    private final String runId;
    private final TrainingSettings settings;
    private final LearnerFactory learners;
    private final WeightsOutlet.Factory outlets;

    private transient ListState<TrainerSnapshot> trainerState;
    private transient ListState<MicroBatch> microBatchState;
    private transient TrainerSnapshot snapshot;
    /** Micro-batches of the step that is being computed. */
    private transient List<MicroBatch> unfinished;
    /** Micro-batches that wait behind those: after a restore, or beyond the maximum of steps. */
    private transient Deque<MicroBatch> waiting;

    private transient Learner learner;
    private transient WeightsOutlet outlet;
    private transient StepRunner runner;
    private transient TrainerMetrics figures;

    /**
     * @param learners makes the policy in training
     * @param outlets opens the way to the generators
     */
    public TrainerOperator(
            String runId, TrainingSettings settings, LearnerFactory learners, WeightsOutlet.Factory outlets) {
        this.runId = runId;
        this.settings = settings;
        this.learners = learners;
        this.outlets = outlets;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        trainerState = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>("trainer", TrainerSnapshotSerializer.INSTANCE));
        microBatchState = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>("micro-batches", TypeInformation.of(MicroBatch.class)));
        unfinished = new ArrayList<>();
        waiting = new ArrayDeque<>();
        for (TrainerSnapshot restored : trainerState.get()) {
            snapshot = restored;
        }
        microBatchState.get().forEach(waiting::add);
    }

    @Override
    public void open() throws Exception {
        super.open();
        Optional<TrainerSnapshot> restored = Optional.ofNullable(snapshot);
        learner = learners.create(restored.map(TrainerSnapshot::state));
        runner = new StepRunner(learner, settings.loss());
        outlet = outlets.open();
        long newest = Math.max(restored.map(TrainerSnapshot::incarnation).orElse(0L), outlet.newestIncarnation());
        snapshot = new TrainerSnapshot(newest + 1, learner.state());
        figures = new TrainerMetrics(
                new OperatorMetrics(getMetricGroup()), learner, newest + 1, waiting::size, getProcessingTimeService());
        publish(snapshot.state().weights().serialize());
        LOG.info("Run {}: incarnation {} begins at step {}", runId, newest + 1, learner.steps());
        trainWaitingLater();
    }

    @Override
    public void processElement(StreamRecord<MicroBatch> element) throws Exception {
        waiting.add(element.getValue());
        trainNext();
    }

    /** One at a time, from the mailbox, so that barriers and new elements take their turn. */
    private void trainWaitingLater() {
        if (trainable()) {
            long now = getProcessingTimeService().getCurrentProcessingTime();
            getProcessingTimeService().registerTimer(now, time -> {
                trainNext();
                trainWaitingLater();
            });
        }
    }

    private boolean trainable() {
        return !waiting.isEmpty() && learner.steps() < settings.maximumSteps();
    }

    private void trainNext() throws Exception {
        if (trainable()) {
            // It counts as waiting as long as it is computed, so that the trainer looks busy from outside.
            Optional<TrainedStep> trained = runner.accept(waiting.element());
            unfinished.add(waiting.remove());
            if (trained.isPresent()) {
                unfinished.clear();
                finish(trained.get());
            }
        }
    }

    private void finish(TrainedStep trained) throws Exception {
        snapshot = new TrainerSnapshot(snapshot.incarnation(), learner.state());
        SerializedWeights weights = snapshot.state().weights().serialize();
        if (settings.publishes(trained.step())) {
            publish(weights);
        }
        long now = getProcessingTimeService().getCurrentProcessingTime();
        BatchSummary batch = trained.batch();
        output.collect(new StreamRecord<>(Step.newBuilder()
                .setRunId(runId)
                .setStep(trained.step())
                .setIncarnation(snapshot.incarnation())
                .setGroupIds(batch.groupIds())
                .setAdvantageMean(batch.advantageMean())
                .setAdvantageStd(batch.advantageStd())
                .setLoss(trained.loss())
                .setCompletionTokens(trained.completionTokens())
                .setMetrics(new HashMap<>(trained.metrics()))
                .setWeightsHash(weights.sha256())
                .setTensorChecksums(weights.checksums())
                .setFinishedAt(now)
                .build()));
        for (int group = 0; group < batch.groupIds().size(); group++) {
            Outcome outcome = Outcomes.trained(
                    runId, batch.groupIds().get(group), batch.groupSizes()[group], trained.step(), now);
            output.collect(SideOutputs.OUTCOMES, new StreamRecord<>(outcome));
        }
        figures.update(trained);
    }

    private void publish(SerializedWeights weights) throws Exception {
        outlet.publish(
                new WeightsVersion(snapshot.incarnation(), snapshot.state().step()), weights);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        // No step is committed on top of weights that generators will never see.
        outlet.requireHealthy();
        trainerState.update(List.of(snapshot));
        List<MicroBatch> untrained = new ArrayList<>(unfinished);
        untrained.addAll(waiting);
        microBatchState.update(untrained);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        figures.checkpointCompleted();
    }

    @Override
    public void close() throws Exception {
        try {
            if (outlet != null) {
                outlet.close();
            }
        } finally {
            if (learner != null) {
                learner.close();
            }
            super.close();
        }
    }
}
