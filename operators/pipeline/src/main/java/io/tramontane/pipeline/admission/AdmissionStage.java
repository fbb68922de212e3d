package io.tramontane.pipeline.admission;

import io.tramontane.pipeline.OperatorIdentity;
import io.tramontane.pipeline.SideOutputs;
import io.tramontane.pipeline.StalenessSettings;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.Outcome;
import io.tramontane.schemas.WeightsManifest;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Admission in a job.
 *
 * @param admitted completions to score
 * @param stale completions whose groups grouping must end
 * @param outcomes of duplicates
 */
public record AdmissionStage(
        DataStream<Completion> admitted, DataStream<Completion> stale, DataStream<Outcome> outcomes) {

    /** Adds admission behind {@code completions}; {@code manifests} says which weights are the newest. */
    public static AdmissionStage attach(
            DataStream<Completion> completions,
            DataStream<WeightsManifest> manifests,
            StalenessSettings staleness,
            AdmissionSettings settings) {
        SingleOutputStreamOperator<Completion> admitted = OperatorIdentity.ADMISSION.identify(completions
                .keyBy(Completion::getGroupId)
                .connect(manifests.broadcast(AdmissionFunction.NEWEST_WEIGHTS))
                .process(new AdmissionFunction(staleness, settings), new AvroTypeInfo<>(Completion.class)));
        return new AdmissionStage(
                admitted, admitted.getSideOutput(SideOutputs.STALE), admitted.getSideOutput(SideOutputs.OUTCOMES));
    }
}
