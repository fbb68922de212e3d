package io.tramontane.pipeline.scoring;

import io.tramontane.schemas.Completion;
import io.tramontane.schemas.ScoredCompletion;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes the operator where its task is, whose mailbox it needs. */
final class ScoringOperatorFactory extends AbstractStreamOperatorFactory<ScoredCompletion>
        implements OneInputStreamOperatorFactory<Completion, ScoredCompletion> {

    private static final long serialVersionUID = 1L;

    private final ScorerFactory scorers;
    private final ScoringSettings settings;

    ScoringOperatorFactory(ScorerFactory scorers, ScoringSettings settings) {
        this.scorers = scorers;
        this.settings = settings;
    }

    @Override
    @SuppressWarnings("unchecked") // Flink asks for the class that it knows the operator by
    public <T extends StreamOperator<ScoredCompletion>> T createStreamOperator(
            StreamOperatorParameters<ScoredCompletion> parameters) {
        return (T) new ScoringOperator(parameters, scorers, settings);
    }

    @Override
    @SuppressWarnings("rawtypes") // as Flink declares it
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return ScoringOperator.class;
    }
}
