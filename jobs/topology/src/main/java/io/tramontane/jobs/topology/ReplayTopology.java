package io.tramontane.jobs.topology;

import io.tramontane.kafka.KafkaSettings;
import io.tramontane.pipeline.OperatorIdentity;
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
 * The training job up to the advantages, over the completions of a recorded run:
 *
 * <pre>
 * completions (of the run) ─► selection ─► admission ─► scoring ─► grouping ─► advantage ─► groups (of the replay)
 * </pre>
 *
 * <p>Admission sees no weights: whether a completion was stale depended on when it came, and that is not replayed.
 */
public final class ReplayTopology {

    private ReplayTopology() {}

    /** Adds the job to the environment. */
    public static void build(
            StreamExecutionEnvironment environment,
            Recorded recorded,
            KafkaSettings kafka,
            PipelineSettings settings,
            RewardSettings reward,
            Duration transactionTimeout) {
        var run = new PipelineTopics(kafka, recorded.runId(), transactionTimeout);
        var replay = new PipelineTopics(kafka, recorded.replayId(), transactionTimeout);

        var completions = run.completions(environment, settings.limits(), Extent.UP_TO_NOW);
        var selected = OperatorIdentity.SELECTION.identify(completions.filter(recorded.selection()));
        var noWeights = replay.weightsManifests(environment, Extent.UP_TO_NOW);
        var scored = ScoredGroups.attach(
                selected, noWeights, ScorerFactory.of(reward), settings.scoredGroups(), AtDeadline.END);

        replay.writeGroups(scored.groups());
        replay.writeOutcomes(scored.outcomes());
        replay.writeDeadLetters(completions
                .getSideOutput(SideOutputs.DEAD_LETTERS)
                .union(noWeights.getSideOutput(SideOutputs.DEAD_LETTERS)));
    }

    /**
     * What is replayed, and under which id its results are written.
     *
     * @param selection which of the run's completions take part
     */
    public record Recorded(String runId, String replayId, Selection selection) {}
}
