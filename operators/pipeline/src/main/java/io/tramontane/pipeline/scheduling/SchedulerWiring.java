package io.tramontane.pipeline.scheduling;

import io.tramontane.pipeline.OperatorIdentity;
import io.tramontane.pipeline.PromptRequest;
import io.tramontane.schemas.Outcome;
import io.tramontane.schemas.Prompt;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The prompt scheduler in a job. */
public final class SchedulerWiring {

    private SchedulerWiring() {}

    /**
     * Adds the scheduler of {@code plan}'s run behind {@code outcomes}, read back from their topic, and grouping's
     * {@code requests} for missing samples.
     */
    public static DataStream<Prompt> attach(
            StreamExecutionEnvironment environment,
            DataStream<Outcome> outcomes,
            DataStream<PromptRequest> requests,
            RunPlan plan,
            SchedulingSettings settings,
            ProblemSource problems) {
        DataStream<PromptRequest> kick = OperatorIdentity.SCHEDULER_KICK.identify(environment
                .fromData(TypeInformation.of(PromptRequest.class), PromptRequest.begin(plan.runId()))
                .setParallelism(1));
        return OperatorIdentity.SCHEDULER
                .identify(outcomes.connect(kick.union(requests))
                        .keyBy(Outcome::getRunId, PromptRequest::runId, Types.STRING)
                        .process(
                                new PromptSchedulerFunction(plan, settings, problems),
                                new AvroTypeInfo<>(Prompt.class)))
                .setParallelism(1);
    }
}
