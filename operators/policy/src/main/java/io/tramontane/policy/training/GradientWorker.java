package io.tramontane.policy.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.grpo.LossSettings;
import io.tramontane.policy.module.PolicyModule;
import io.tramontane.policy.training.PaddedBatch.Pair;
import java.util.List;

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

    MicroBatchStatistics grpo(
            NDArray weights, NDArray referenceOrNull, List<TrainingSequence> sequences, LossSettings loss) {
        List<Pair> pairs = sequences.stream()
                .map(sequence -> new Pair(sequence.promptTokens(), sequence.completionTokens()))
                .toList();
        PaddedBatch batch = new PaddedBatch(pairs);
        int count = batch.targetCount();
        float[] behaviour = new float[count];
        int n = 0;
        for (TrainingSequence sequence : sequences) {
            System.arraycopy(sequence.behaviourLogProbs(), 0, behaviour, n, sequence.behaviourLogProbs().length);
            n += sequence.behaviourLogProbs().length;
        }
        double[] tokenWeights =
                sequences.stream().mapToDouble(TrainingSequence::tokenWeight).toArray();
        double[] advantages =
                sequences.stream().mapToDouble(TrainingSequence::advantage).toArray();
        try (NDManager scope = module.manager().newSubManager()) {
            NDArray tokens = batch.tokens(scope);
            NDArray positions = batch.positions(scope);
            NDArray targets = batch.targets(scope);
            NDArray behaviourLogProbs = scope.create(behaviour);
            NDArray reference = referenceOrNull == null
                    ? behaviourLogProbs
                    : attached(scope, module.call("log_probs", false, referenceOrNull, tokens, positions, targets));
            NDArray result = attached(
                    scope,
                    module.call(
                            "grpo",
                            true,
                            weights,
                            gradient,
                            tokens,
                            positions,
                            targets,
                            scope.create(PaddedBatch.perToken(count, pairs, tokenWeights)),
                            behaviourLogProbs,
                            scope.create(PaddedBatch.perToken(count, pairs, advantages)),
                            reference,
                            scope.create(new float[] {
                                (float) loss.clipLow(),
                                (float) loss.clipHigh(),
                                (float) loss.importanceWeightCap(),
                                (float) loss.klCoefficient()
                            })));
            float[] figures = result.toFloatArray();
            return new MicroBatchStatistics(
                    figures[0], count, figures[1], figures[6], figures[2], figures[3], figures[4], figures[5]);
        }
    }

    /** Cross-entropy times {@code tokenWeight}, summed over completion tokens. */
    double supervised(NDArray weights, List<SupervisedSequence> sequences, double tokenWeight) {
        List<Pair> pairs = sequences.stream()
                .map(sequence -> new Pair(sequence.promptTokens(), sequence.completionTokens()))
                .toList();
        PaddedBatch batch = new PaddedBatch(pairs);
        try (NDManager scope = module.manager().newSubManager()) {
            NDArray result = attached(
                    scope,
                    module.call(
                            "supervised",
                            true,
                            weights,
                            gradient,
                            batch.tokens(scope),
                            batch.positions(scope),
                            batch.targets(scope),
                            scope.full(new Shape(batch.targetCount()), (float) tokenWeight)));
            return result.toFloatArray()[0];
        }
    }

    /** log π of each completion token, sequence after sequence. */
    float[] logProbs(NDArray weights, List<Pair> pairs) {
        PaddedBatch batch = new PaddedBatch(pairs);
        try (NDManager scope = module.manager().newSubManager()) {
            return attached(
                            scope,
                            module.call(
                                    "log_probs",
                                    false,
                                    weights,
                                    batch.tokens(scope),
                                    batch.positions(scope),
                                    batch.targets(scope)))
                    .toFloatArray();
        }
    }

    /** Results belong to the first argument's manager, which lives on; this one ends them with the call. */
    private static NDArray attached(NDManager scope, NDArray result) {
        result.attach(scope);
        return result;
    }

    @Override
    public void close() {
        module.close();
    }
}
