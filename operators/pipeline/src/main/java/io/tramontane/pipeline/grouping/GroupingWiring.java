package io.tramontane.pipeline.grouping;

import io.tramontane.pipeline.OperatorIdentity;
import io.tramontane.pipeline.PromptRequest;
import io.tramontane.pipeline.SideOutputs;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.Outcome;
import io.tramontane.schemas.ScoredCompletion;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Grouping in a job.
 *
 * @param finished complete, stale and incomplete groups, for the advantages
 * @param outcomes of completions that are in no group's record
 * @param requests for samples that are missing, for the prompt scheduler; nothing with {@link AtDeadline#END}
 */
public record GroupingWiring(
        DataStream<Group> finished, DataStream<Outcome> outcomes, DataStream<PromptRequest> requests) {

    /** Adds grouping behind scoring; {@code stale} are the completions that admission would not have scored. */
    public static GroupingWiring attach(
            DataStream<ScoredCompletion> scored,
            DataStream<Completion> stale,
            GroupingSettings settings,
            AtDeadline atDeadline) {
        SingleOutputStreamOperator<Group> finished = OperatorIdentity.GROUPING.identify(scored.connect(stale)
                .keyBy(completion -> completion.getCompletion().getGroupId(), Completion::getGroupId)
                .transform(
                        OperatorIdentity.GROUPING.title(),
                        new AvroTypeInfo<>(Group.class),
                        new GroupingOperator(settings, atDeadline)));
        return new GroupingWiring(
                finished, finished.getSideOutput(SideOutputs.OUTCOMES), finished.getSideOutput(SideOutputs.REQUESTS));
    }
}
