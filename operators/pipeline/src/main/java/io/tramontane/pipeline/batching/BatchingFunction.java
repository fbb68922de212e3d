package io.tramontane.pipeline.batching;

import io.tramontane.pipeline.Outcomes;
import io.tramontane.pipeline.PromptRequest;
import io.tramontane.pipeline.SideOutputs;
import io.tramontane.pipeline.StalenessSettings;
import io.tramontane.pipeline.curriculum.Curriculum;
import io.tramontane.pipeline.metrics.OperatorMetrics;
import io.tramontane.schemas.DropReason;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.GroupFate;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Runs a {@link BatchAssembler} on all finished groups; those that are too stale for the batch they would be in get
 * their group outcome here. In a run whose curriculum has stages the scheduler is sent the results of each batch.
 * Parallelism 1: there is one order of training.
 */
public final class BatchingFunction extends ProcessFunction<Group, MicroBatch> implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;

    private final BatchingSettings settings;
    private final StalenessSettings staleness;
    private final Curriculum curriculum;
    private final long firstBatch;
    private transient ListState<BatchState> state;
    private transient BatchAssembler assembler;
    private transient BatchingMetrics metrics;

    /**
     * @param curriculum how large the batches of each stage are
     * @param firstBatch number of the run's first batch: 1, or what follows on the step that a fork begins after
     */
    public BatchingFunction(
            BatchingSettings settings, StalenessSettings staleness, Curriculum curriculum, long firstBatch) {
        this.settings = settings;
        this.staleness = staleness;
        this.curriculum = curriculum;
        this.firstBatch = firstBatch;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        state = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>("batch", TypeInformation.of(BatchState.class)));
        BatchState start = BatchState.empty(firstBatch);
        for (BatchState restored : state.get()) {
            start = restored;
        }
        assembler = new BatchAssembler(settings, staleness, curriculum, start);
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        state.update(List.of(assembler.state()));
    }

    @Override
    public void open(OpenContext context) {
        metrics = new BatchingMetrics(new OperatorMetrics(getRuntimeContext().getMetricGroup()));
    }

    @Override
    public void processElement(Group group, Context context, Collector<MicroBatch> out) {
        if (group.getFate() != GroupFate.TRAINABLE) {
            metrics.ended(group, group.getFate());
            assembler.count(group);
        } else if (assembler.isStale(group)) {
            metrics.ended(group, GroupFate.STALE);
            metrics.dropped(group);
            assembler.countStale();
            long now = context.timerService().currentProcessingTime();
            context.output(SideOutputs.OUTCOMES, Outcomes.dropped(group, DropReason.STALE, now));
        } else {
            metrics.ended(group, GroupFate.TRAINABLE);
            metrics.batched(group, assembler.trainedAt());
            List<MicroBatch> microBatches = assembler.add(group);
            metrics.filled((double) assembler.completions() / assembler.target(), !microBatches.isEmpty());
            microBatches.forEach(out::collect);
            if (!microBatches.isEmpty() && curriculum.changes()) {
                MicroBatch last = microBatches.get(microBatches.size() - 1);
                context.output(SideOutputs.PROGRESS, progress(group.getRunId(), last));
            }
        }
    }

    private static PromptRequest progress(String runId, MicroBatch microBatch) {
        BatchSummary summary = microBatch.summary();
        return PromptRequest.progressed(runId, summary.statistics().progress(microBatch.batch(), summary.stage()));
    }
}
