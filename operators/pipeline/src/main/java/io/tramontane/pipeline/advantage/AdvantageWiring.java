package io.tramontane.pipeline.advantage;

import io.tramontane.pipeline.OperatorIdentity;
import io.tramontane.pipeline.SideOutputs;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.Outcome;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Advantages in a job.
 *
 * @param groups every finished group with its fate; for the groups topic and for batching
 * @param outcomes of the groups that end here
 */
public record AdvantageWiring(DataStream<Group> groups, DataStream<Outcome> outcomes) {

    /** Adds the advantages behind {@code finished}, the groups that grouping closed. */
    public static AdvantageWiring attach(DataStream<Group> finished, AdvantageSettings settings) {
        SingleOutputStreamOperator<Group> groups = OperatorIdentity.ADVANTAGE.identify(
                finished.process(new AdvantageFunction(settings), new AvroTypeInfo<>(Group.class)));
        return new AdvantageWiring(groups, groups.getSideOutput(SideOutputs.OUTCOMES));
    }
}
