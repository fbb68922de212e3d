package io.tramontane.pipeline.batching;

import io.tramontane.pipeline.OperatorIdentity;
import io.tramontane.pipeline.SideOutputs;
import io.tramontane.pipeline.StalenessSettings;
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
 */
public record BatchingStage(DataStream<MicroBatch> microBatches, DataStream<Outcome> outcomes) {

    /** Adds batching behind all finished groups. */
    public static BatchingStage attach(
            DataStream<Group> groups, BatchingSettings settings, StalenessSettings staleness) {
        SingleOutputStreamOperator<MicroBatch> microBatches = OperatorIdentity.BATCHING
                .identify(
                        groups.process(new BatchingFunction(settings, staleness), TypeInformation.of(MicroBatch.class)))
                .forceNonParallel();
        return new BatchingStage(microBatches, microBatches.getSideOutput(SideOutputs.OUTCOMES));
    }
}
