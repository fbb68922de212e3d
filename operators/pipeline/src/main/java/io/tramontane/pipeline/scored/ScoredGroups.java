package io.tramontane.pipeline.scored;

import io.tramontane.pipeline.PromptRequest;
import io.tramontane.pipeline.StalenessSettings;
import io.tramontane.pipeline.admission.AdmissionSettings;
import io.tramontane.pipeline.admission.AdmissionWiring;
import io.tramontane.pipeline.advantage.AdvantageSettings;
import io.tramontane.pipeline.advantage.AdvantageWiring;
import io.tramontane.pipeline.grouping.AtDeadline;
import io.tramontane.pipeline.grouping.GroupingSettings;
import io.tramontane.pipeline.grouping.GroupingWiring;
import io.tramontane.pipeline.scoring.ScorerFactory;
import io.tramontane.pipeline.scoring.ScoringSettings;
import io.tramontane.pipeline.scoring.ScoringWiring;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.Outcome;
import io.tramontane.schemas.WeightsManifest;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * From completions to groups with advantages, the same in every job:
 *
 * <pre>
 * completions ─► admission ─► scoring ─► grouping ─► advantage ─► groups
 *                    ▲
 *            weights-manifest
 * </pre>
 *
 * @param groups with their advantages, also those that are not trained on
 * @param outcomes of the groups and completions that ended on the way
 * @param requests for samples that groups miss at their deadline
 */
public record ScoredGroups(DataStream<Group> groups, DataStream<Outcome> outcomes, DataStream<PromptRequest> requests) {

    /** The settings of the operators on the way, in their order. */
    public record Settings(
            StalenessSettings staleness,
            AdmissionSettings admission,
            ScoringSettings scoring,
            GroupingSettings grouping,
            AdvantageSettings advantage) {}

    /**
     * Attaches the operators.
     *
     * @param completions readable ones
     * @param manifests of the weights; what is stale is measured against the newest
     * @param atDeadline what becomes of a group that is not complete in time
     */
    public static ScoredGroups attach(
            DataStream<Completion> completions,
            DataStream<WeightsManifest> manifests,
            ScorerFactory scorers,
            Settings settings,
            AtDeadline atDeadline) {
        var admission = AdmissionWiring.attach(completions, manifests, settings.staleness(), settings.admission());
        var scored = ScoringWiring.attach(admission.admitted(), scorers, settings.scoring());
        var grouping = GroupingWiring.attach(scored, admission.stale(), settings.grouping(), atDeadline);
        var advantage = AdvantageWiring.attach(grouping.finished(), settings.advantage());
        return new ScoredGroups(
                advantage.groups(),
                admission.outcomes().union(grouping.outcomes(), advantage.outcomes()),
                grouping.requests());
    }
}
