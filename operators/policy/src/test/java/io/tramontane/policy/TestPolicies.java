package io.tramontane.policy;

import io.tramontane.policy.objective.composition.LossSettings;
import io.tramontane.policy.objective.composition.Objective;
import io.tramontane.policy.training.OptimizerSettings;
import java.util.SplittableRandom;

/** Small policies and settings for tests. */
public final class TestPolicies {

    /** Three query heads share each of two key-value heads, so a wrong grouping shows. */
    public static final PolicyConfig TINY = new PolicyConfig(23, 12, 20, 2, 6, 2, 4, 40, 1e-5, 10_000);

    public static final int END = 0;

    public static final OptimizerSettings OPTIMIZER = new OptimizerSettings(1e-2, 0, 0.9, 0.95, 1e-8, 0, 0);

    /** The recipe's. */
    public static final Objective OBJECTIVE = LossSettings.of("grpo").objective();

    private TestPolicies() {}

    /** Weights ten times as large as initial ones: attention and gates are far from uniform, as after training. */
    public static Weights sharpWeights(long seed) {
        Weights initial = Weights.initialise(TINY, seed);
        float[] values = initial.values().clone();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < values.length; i++) {
            values[i] = values[i] == 1 ? (float) (0.5 + random.nextDouble()) : 10 * values[i];
        }
        return new Weights(initial.specs(), values);
    }

    public static int[] randomTokens(SplittableRandom random, int length) {
        int[] tokens = new int[length];
        for (int i = 0; i < length; i++) {
            tokens[i] = 1 + random.nextInt(TINY.vocabularySize() - 1);
        }
        return tokens;
    }
}
