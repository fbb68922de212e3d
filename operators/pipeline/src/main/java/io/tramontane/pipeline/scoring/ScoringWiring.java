package io.tramontane.pipeline.scoring;

import io.tramontane.pipeline.OperatorIdentity;
import io.tramontane.pipeline.transport.CompletionTypes;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.ScoredCompletion;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Scoring in a job. */
public final class ScoringWiring {

    private ScoringWiring() {}

    /** Adds scoring behind {@code admitted}; results come as they are ready, in any order. */
    public static DataStream<ScoredCompletion> attach(
            DataStream<Completion> admitted, ScorerFactory factory, ScoringSettings settings) {
        return OperatorIdentity.SCORING.identify(admitted.transform(
                OperatorIdentity.SCORING.title(),
                CompletionTypes.SCORED_COMPLETION,
                new ScoringOperatorFactory(factory, settings)));
    }
}
