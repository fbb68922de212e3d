package io.tramontane.policy.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.Weights;
import io.tramontane.policy.module.PolicyModule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Log-probabilities of tokens under one policy, computed as a trainer does. It holds the weights and nothing that
 * training needs besides: neither gradient nor moments.
 *
 * <p>Used by one thread at a time.
 */
public final class LogProbabilities implements AutoCloseable {

    private final PolicyModule module;
    private final NDArray weights;

    public LogProbabilities(PolicyConfig config, Weights weights) {
        module = new PolicyModule(config);
        this.weights = module.manager().create(weights.values());
    }

    /**
     * log π of each completion token at temperature 1, in nats; one array for each sequence, in float32.
     *
     * @param sequences of one micro-batch, padded to the longest
     */
    public List<float[]> of(List<TokenSequence> sequences) {
        return split(flat(module, weights, sequences), sequences);
    }

    /** The same, sequence after sequence. */
    static float[] flat(PolicyModule module, NDArray weights, List<TokenSequence> sequences) {
        PaddedBatch batch = new PaddedBatch(sequences);
        try (NDManager scope = module.manager().newSubManager()) {
            return module.call(
                            scope,
                            "log_probs",
                            false,
                            weights,
                            batch.tokens(scope),
                            batch.positions(scope),
                            batch.targets(scope),
                            scope.ones(new Shape(batch.targetCount())))
                    .singletonOrThrow()
                    .toFloatArray();
        }
    }

    static List<float[]> split(float[] flat, List<TokenSequence> sequences) {
        List<float[]> split = new ArrayList<>();
        int at = 0;
        for (TokenSequence sequence : sequences) {
            int length = sequence.completionTokens().length;
            split.add(Arrays.copyOfRange(flat, at, at + length));
            at += length;
        }
        return split;
    }

    @Override
    public void close() {
        module.close();
    }
}
