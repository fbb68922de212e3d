package io.tramontane.pipeline.admission;

import io.tramontane.pipeline.OperatorIdentity;
import io.tramontane.pipeline.SideOutputs;
import io.tramontane.pipeline.StalenessSettings;
import io.tramontane.pipeline.transport.CompletionTypes;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.Outcome;
import io.tramontane.schemas.WeightsManifest;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.transformations.TwoInputTransformation;

/**
 * Admission in a job.
 *
 * @param admitted completions to score
 * @param stale completions whose groups grouping must end
 * @param outcomes of duplicates
 */
public record AdmissionWiring(
        DataStream<Completion> admitted, DataStream<Completion> stale, DataStream<Outcome> outcomes) {

    /** Adds admission behind {@code completions}; {@code manifests} says which weights are the newest. */
    public static AdmissionWiring attach(
            DataStream<Completion> completions,
            DataStream<WeightsManifest> manifests,
            StalenessSettings staleness,
            AdmissionSettings settings) {
        SingleOutputStreamOperator<Completion> admitted = OperatorIdentity.ADMISSION.identify(completions
                .keyBy(Completion::getGroupId)
                .connect(manifests.broadcast())
                .transform(
                        OperatorIdentity.ADMISSION.title(),
                        CompletionTypes.COMPLETION,
                        new AdmissionOperator(staleness, settings)));
        keyByGroup(admitted);
        return new AdmissionWiring(
                admitted, admitted.getSideOutput(SideOutputs.STALE), admitted.getSideOutput(SideOutputs.OUTCOMES));
    }

    /** Flink keys an operator by itself only if both of its inputs have keys; here the second is broadcast. */
    @SuppressWarnings("unchecked") // it was made of these types
    private static void keyByGroup(SingleOutputStreamOperator<Completion> admitted) {
        var admission = (TwoInputTransformation<Completion, WeightsManifest, Completion>) admitted.getTransformation();
        admission.setStateKeySelectors(Completion::getGroupId, null);
        admission.setStateKeyType(Types.STRING);
    }
}
