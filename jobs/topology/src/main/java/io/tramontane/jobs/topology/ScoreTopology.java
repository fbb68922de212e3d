package io.tramontane.jobs.topology;

import io.tramontane.kafka.KafkaSettings;
import io.tramontane.pipeline.SideOutputs;
import io.tramontane.pipeline.admission.AdmissionStage;
import io.tramontane.pipeline.advantage.AdvantageStage;
import io.tramontane.pipeline.grouping.AtDeadline;
import io.tramontane.pipeline.grouping.GroupingStage;
import io.tramontane.pipeline.io.PipelineTopics;
import io.tramontane.pipeline.io.PipelineTopics.Extent;
import io.tramontane.pipeline.scoring.ScorerFactory;
import io.tramontane.pipeline.scoring.ScoringStage;
import io.tramontane.pipeline.settings.PipelineSettings;
import io.tramontane.rewards.composition.RewardSettings;
import java.time.Duration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The training job without what trains:
 *
 * <pre>
 * completions ─► admission ─► scoring ─► grouping ─► advantage ─► groups
 * </pre>
 */
public final class ScoreTopology {

    private ScoreTopology() {}

    /**
     * Adds the job to the environment.
     *
     * @param extent whether it ends with the completions that are there when it starts
     */
    public static void build(
            StreamExecutionEnvironment environment,
            String runId,
            KafkaSettings kafka,
            PipelineSettings settings,
            RewardSettings reward,
            Extent extent,
            Duration transactionTimeout) {
        var topics = new PipelineTopics(kafka, runId, transactionTimeout);

        var completions = topics.completions(environment, settings.limits(), extent);
        var manifests = topics.weightsManifests(environment, extent);
        var admission = AdmissionStage.attach(completions, manifests, settings.staleness(), settings.admission());
        var scored = ScoringStage.attach(admission.admitted(), ScorerFactory.of(reward), settings.scoring());
        var grouping = GroupingStage.attach(scored, admission.stale(), settings.grouping(), AtDeadline.END);
        var advantage = AdvantageStage.attach(grouping.finished(), settings.advantage());

        topics.writeGroups(advantage.groups());
        topics.writeOutcomes(admission.outcomes().union(grouping.outcomes(), advantage.outcomes()));
        topics.writeDeadLetters(completions
                .getSideOutput(SideOutputs.DEAD_LETTERS)
                .union(manifests.getSideOutput(SideOutputs.DEAD_LETTERS)));
    }
}
