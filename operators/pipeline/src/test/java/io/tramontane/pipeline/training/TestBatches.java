package io.tramontane.pipeline.training;

import io.tramontane.pipeline.batching.BatchSequence;
import io.tramontane.pipeline.batching.BatchSummary;
import io.tramontane.pipeline.batching.GroupStatistics;
import io.tramontane.pipeline.batching.MicroBatch;
import io.tramontane.pipeline.batching.RewardSpread;
import io.tramontane.pipeline.batching.TokenLag;
import io.tramontane.policy.objective.composition.LossSettings;
import io.tramontane.policy.training.OptimizerSettings;
import java.util.List;
import java.util.Map;

/** Batches of three micro-batches of one sequence each. */
final class TestBatches {

    static final int PARTS = 3;
    private static final int TOKENS = 2;

    private TestBatches() {}

    static TrainingSettings settings(long maximumSteps) {
        return new TrainingSettings(
                maximumSteps, new OptimizerSettings(0.01, 0, 0.9, 0.95, 1e-8, 0.1, 1), LossSettings.of("grpo"));
    }

    /** With two steps for each version that generators get. */
    static TrainingSettings inPairs(long maximumSteps) {
        TrainingSettings each = settings(maximumSteps);
        return new TrainingSettings(maximumSteps, 2, each.optimizer(), each.loss(), each.preset(), each.arithmetic());
    }

    static MicroBatch part(long batch, int index) {
        var sequence =
                new BatchSequence(new int[] {1}, new int[] {2, 3}, new float[] {-0.5f, -1f}, 1, batch + index / 10.0);
        return new MicroBatch(
                batch,
                index,
                PARTS,
                PARTS,
                PARTS * TOKENS,
                List.of(sequence),
                index == PARTS - 1 ? summary(batch) : null);
    }

    private static BatchSummary summary(long batch) {
        return new BatchSummary(
                List.of("run/0/a" + batch, "run/0/b" + batch),
                new int[] {1, 2},
                0.1,
                0.5,
                new GroupStatistics(4, 1, 2, 3, 8, 4.0, 2, 6, 1, 80),
                new TokenLag(6, 3, 2),
                Map.of("", new RewardSpread(0.5, 0, 1), "format", new RewardSpread(0.05, 0, 0.1)),
                0);
    }
}
