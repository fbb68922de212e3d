package io.tramontane.policy.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.module.PolicyModule;
import io.tramontane.policy.objective.LossInput;
import io.tramontane.policy.objective.composition.Objective;
import io.tramontane.policy.objective.composition.ObjectiveResult;
import io.tramontane.policy.objective.composition.ObjectiveStatistics;
import io.tramontane.policy.objective.composition.RatioStatistics;
import io.tramontane.policy.objective.loss.GrpoLoss;
import java.util.List;
import java.util.Map;

/** Adds the gradients of micro-batches to a buffer of its own. Used by one thread at a time. */
final class GradientWorker implements AutoCloseable {

    private final PolicyModule module;
    private final NDArray gradient;

    GradientWorker(PolicyConfig config, int parameters) {
        module = new PolicyModule(config);
        gradient = module.manager().zeros(new Shape(parameters));
    }

    PolicyModule module() {
        return module;
    }

    /** [P], the sum since it was last cleared. */
    NDArray gradient() {
        return gradient;
    }

    /**
     * Adds the gradient of an objective: the network runs forward, the objective says its derivative by the
     * log-probabilities, and that is carried back through the network.
     *
     * @param referenceOrNull weights of the policy that a KL term pulls towards
     */
    MicroBatchStatistics accumulate(
            NDArray weights, NDArray referenceOrNull, List<TrainingSequence> sequences, Objective objective) {
        PaddedBatch batch = batch(sequences);
        try (NDManager scope = module.manager().newSubManager()) {
            MicroBatchArrays arrays = new MicroBatchArrays(scope, batch, sequences);
            float[] reference = referenceOrNull == null
                    ? new float[0]
                    : arrays.logProbs(referenceOrNull).toFloatArray();
            NDList leaves = module.call(scope, "leaves", true, weights);
            NDList forward = module.call(
                    scope,
                    "predict",
                    true,
                    leaves,
                    arrays.tokens,
                    arrays.positions,
                    arrays.targets,
                    arrays.temperatures);
            NDArray logProbs = forward.get("log_probs");
            ObjectiveResult result = objective.of(new LossInput(
                    logProbs.toFloatArray(),
                    behaviour(batch, sequences),
                    reference,
                    batch.perToken(row -> sequences.get(row).advantage()),
                    batch.perToken(row -> sequences.get(row).tokenWeight()),
                    batch.rows()));
            NDArray derivative = scope.create(floats(result.derivative()));
            module.call(scope, "backward", true, logProbs, leaves, derivative, gradient);
            return new MicroBatchStatistics(
                    result.statistics(), forward.get("entropy").getFloat());
        }
    }

    /** Adds the gradient of the GRPO loss as {@link TrainingArithmetic#LOSS_IN_PYTORCH} computes it. */
    MicroBatchStatistics grpo(
            NDArray weights,
            NDArray referenceOrNull,
            List<TrainingSequence> sequences,
            GrpoLoss.Settings loss,
            double klCoefficient) {
        PaddedBatch batch = batch(sequences);
        try (NDManager scope = module.manager().newSubManager()) {
            MicroBatchArrays arrays = new MicroBatchArrays(scope, batch, sequences);
            NDArray behaviour = scope.create(behaviour(batch, sequences));
            NDArray reference = referenceOrNull == null ? behaviour : arrays.logProbs(referenceOrNull);
            NDList sums = module.call(
                    scope,
                    "grpo",
                    true,
                    weights,
                    gradient,
                    arrays.tokens,
                    arrays.positions,
                    arrays.targets,
                    arrays.temperatures,
                    scope.create(floats(batch.perToken(row -> sequences.get(row).tokenWeight()))),
                    behaviour,
                    scope.create(floats(batch.perToken(row -> sequences.get(row).advantage()))),
                    reference,
                    Map.of(
                            "clip_low", loss.clipLow(),
                            "clip_high", loss.clipHigh(),
                            "ratio_cap", loss.ratioCap(),
                            "kl_coefficient", klCoefficient));
            int tokens = batch.targetCount();
            return new MicroBatchStatistics(
                    new ObjectiveStatistics(
                            sums.get("loss").getFloat(),
                            tokens,
                            new RatioStatistics(
                                    sums.get("ratio_sum").getFloat(),
                                    sums.get("ratio_square_sum").getFloat(),
                                    sums.get("ratio_maximum").getFloat(),
                                    sums.get("divergence").getFloat()),
                            0,
                            tokens,
                            sums.get("clipped").getFloat(),
                            0,
                            Map.of()),
                    sums.get("entropy").getFloat());
        }
    }

    /** Cross-entropy times {@code tokenWeight}, summed over completion tokens. */
    double supervised(NDArray weights, List<TokenSequence> sequences, double tokenWeight) {
        PaddedBatch batch = new PaddedBatch(sequences);
        try (NDManager scope = module.manager().newSubManager()) {
            return module.call(
                            scope,
                            "supervised",
                            true,
                            weights,
                            gradient,
                            batch.tokens(scope),
                            batch.positions(scope),
                            batch.targets(scope),
                            scope.full(new Shape(batch.targetCount()), (float) tokenWeight))
                    .singletonOrThrow()
                    .getFloat();
        }
    }

    /** log π of each completion token at temperature 1, sequence after sequence. */
    float[] logProbs(NDArray weights, List<TokenSequence> sequences) {
        return LogProbabilities.flat(module, weights, sequences);
    }

    private static PaddedBatch batch(List<TrainingSequence> sequences) {
        return new PaddedBatch(sequences.stream().map(TrainingSequence::tokens).toList());
    }

    private static float[] behaviour(PaddedBatch batch, List<TrainingSequence> sequences) {
        float[] all = new float[batch.targetCount()];
        int at = 0;
        for (TrainingSequence sequence : sequences) {
            float[] part = sequence.behaviourLogProbs();
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    private static float[] floats(double[] values) {
        float[] narrow = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            narrow[i] = (float) values[i];
        }
        return narrow;
    }

    /** The tokens of a micro-batch and what is predicted of them, in native memory until the scope is closed. */
    private final class MicroBatchArrays {

        private final NDManager scope;
        private final NDArray tokens;
        private final NDArray positions;
        private final NDArray targets;
        private final NDArray temperatures;

        MicroBatchArrays(NDManager scope, PaddedBatch batch, List<TrainingSequence> sequences) {
            this.scope = scope;
            tokens = batch.tokens(scope);
            positions = batch.positions(scope);
            targets = batch.targets(scope);
            temperatures =
                    scope.create(floats(batch.perToken(row -> sequences.get(row).temperature())));
        }

        /** [N] under other weights; no gradient. */
        NDArray logProbs(NDArray weights) {
            return module.call(scope, "log_probs", false, weights, tokens, positions, targets, temperatures)
                    .singletonOrThrow();
        }
    }

    @Override
    public void close() {
        module.close();
    }
}
