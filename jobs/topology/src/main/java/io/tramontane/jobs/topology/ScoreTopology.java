package io.tramontane.jobs.topology;

import io.tramontane.kafka.KafkaSettings;
import io.tramontane.pipeline.SideOutputs;
import io.tramontane.pipeline.grouping.AtDeadline;
import io.tramontane.pipeline.io.PipelineTopics;
import io.tramontane.pipeline.io.PipelineTopics.Extent;
import io.tramontane.pipeline.scored.ScoredGroups;
import io.tramontane.pipeline.scoring.ScorerFactory;
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
        var scored = ScoredGroups.attach(
                completions, manifests, ScorerFactory.of(reward), settings.scoredGroups(), AtDeadline.END);

        topics.writeGroups(scored.groups());
        topics.writeOutcomes(scored.outcomes());
        topics.writeDeadLetters(completions
                .getSideOutput(SideOutputs.DEAD_LETTERS)
                .union(manifests.getSideOutput(SideOutputs.DEAD_LETTERS)));
    }
}
