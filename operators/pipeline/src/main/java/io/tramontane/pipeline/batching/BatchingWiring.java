package io.tramontane.pipeline.batching;

import io.tramontane.pipeline.OperatorIdentity;
import io.tramontane.pipeline.PromptRequest;
import io.tramontane.pipeline.SideOutputs;
import io.tramontane.pipeline.StalenessSettings;
import io.tramontane.pipeline.curriculum.Curriculum;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.Outcome;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Batching in a job.
 *
 * @param microBatches for the trainer, in order
 * @param outcomes of the groups found stale here
 * @param progress what the batches come to, for the scheduler; nothing unless the curriculum has stages
 */
public record BatchingWiring(
        DataStream<MicroBatch> microBatches, DataStream<Outcome> outcomes, DataStream<PromptRequest> progress) {

    /**
     * Adds batching behind all finished groups, in one subtask. Not by {@code forceNonParallel}: that also sets the
     * maximum parallelism to 1, which a savepoint records for the chain an operator is in. In a job of parallelism 1
     * batching is chained to the advantages, whose maximum is another, and the savepoint could then be restored at no
     * other parallelism.
     *
     * @param firstBatch number of the run's first batch: 1, or what follows on the step that a fork begins after
     */
    public static BatchingWiring attach(
            DataStream<Group> groups,
            BatchingSettings settings,
            StalenessSettings staleness,
            Curriculum curriculum,
            long firstBatch) {
        SingleOutputStreamOperator<MicroBatch> microBatches = OperatorIdentity.BATCHING
                .identify(groups.process(
                        new BatchingFunction(settings, staleness, curriculum, firstBatch),
                        TypeInformation.of(MicroBatch.class)))
                .setParallelism(1);
        return new BatchingWiring(
                microBatches,
                microBatches.getSideOutput(SideOutputs.OUTCOMES),
                microBatches.getSideOutput(SideOutputs.PROGRESS));
    }
}
