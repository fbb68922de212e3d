package io.tramontane.pipeline.training;

import io.tramontane.policy.TensorSpec;
import io.tramontane.policy.Weights;
import io.tramontane.policy.objective.composition.ObjectiveStatistics;
import io.tramontane.policy.objective.composition.RatioStatistics;
import io.tramontane.policy.training.MicroBatchStatistics;
import io.tramontane.policy.training.StepStatistics;
import io.tramontane.policy.training.TrainerState;
import io.tramontane.policy.training.TrainingSequence;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A policy of two weights whose gradient depends on the order of what it is trained on. */
public final class FakeLearner implements Learner {

    static final List<TensorSpec> SPECS = List.of(new TensorSpec("pair", List.of(2L)));

    private float first;
    private float second;
    private float gradient;
    private long step;
    private boolean closed;

    private FakeLearner(TrainerState state) {
        first = state.weights().values()[0];
        second = state.weights().values()[1];
        step = state.step();
    }

    /** A {@link LearnerFactory}. */
    public static Learner create(Optional<TrainerState> restored) {
        return new FakeLearner(restored.orElseGet(
                () -> TrainerState.startingFrom(new Weights(SPECS, new float[] {1f, -1f}))));
    }

    @Override
    public MicroBatchStatistics accumulate(List<TrainingSequence> microBatch) {
        long tokens = 0;
        for (TrainingSequence sequence : microBatch) {
            gradient = gradient * 0.9f + (float) (sequence.advantage() * sequence.tokenWeight());
            tokens += sequence.tokens().completionTokens().length;
        }
        var objective = new ObjectiveStatistics(
                0.25,
                tokens,
                new RatioStatistics(tokens * 1.5, tokens * 3.0, 2, tokens * 0.1),
                0,
                tokens,
                tokens * 0.5,
                tokens * 0.25,
                Map.of("capped", tokens * 0.125));
        return new MicroBatchStatistics(objective, tokens * 0.7);
    }

    @Override
    public StepStatistics step() {
        step++;
        first += gradient;
        second = second * 0.5f + gradient;
        double norm = Math.abs(gradient);
        gradient = 0;
        return new StepStatistics(step, 0.01, norm);
    }

    @Override
    public long steps() {
        return step;
    }

    @Override
    public TrainerState state() {
        return new TrainerState(
                new Weights(SPECS, new float[] {first, second}),
                new Weights(SPECS, new float[] {first * 2, second * 2}),
                new Weights(SPECS, new float[] {first * 3, second * 3}),
                step);
    }

    @Override
    public long liveArrays() {
        return closed ? 0 : 1;
    }

    @Override
    public void close() {
        closed = true;
    }
}
