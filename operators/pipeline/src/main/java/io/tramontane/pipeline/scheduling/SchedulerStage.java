package io.tramontane.pipeline.scheduling;

import io.tramontane.pipeline.OperatorIdentity;
import io.tramontane.schemas.Outcome;
import io.tramontane.schemas.Prompt;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The prompt scheduler in a job. */
public final class SchedulerStage {

    private SchedulerStage() {}

    /** Adds the scheduler of {@code plan}'s run behind {@code outcomes}, read back from their topic. */
    public static DataStream<Prompt> attach(
            StreamExecutionEnvironment environment,
            DataStream<Outcome> outcomes,
            RunPlan plan,
            SchedulingSettings settings,
            ProblemSource problems) {
        DataStream<String> kick = OperatorIdentity.SCHEDULER_KICK.identify(
                environment.fromData(Types.STRING, plan.runId()).setParallelism(1));
        return OperatorIdentity.SCHEDULER
                .identify(outcomes.connect(kick)
                        .keyBy(Outcome::getRunId, runId -> runId, Types.STRING)
                        .process(
                                new PromptSchedulerFunction(plan, settings, problems),
                                new AvroTypeInfo<>(Prompt.class)))
                .setParallelism(1);
    }
}
