package io.tramontane.pipeline.scoring;

import io.tramontane.rewards.RewardRequest;
import io.tramontane.rewards.composition.RewardFunction;
import io.tramontane.rewards.composition.WeightedGrader;
import io.tramontane.rewards.correctness.VerifierChoice;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The threads of a scoring subtask: one pool for what is quick and ours, one for running programs, and one for each
 * component of the user's, so that none waits for another. Thread-safe.
 */
final class VerifierPools implements AutoCloseable {

    private static final String BUILT_IN = "built-in";
    private static final String CODE = VerifierChoice.CODE.verifierName();

    private final Map<String, DeadlinePool> pools = new LinkedHashMap<>();

    /** @param prefix of the threads' names */
    VerifierPools(String prefix, ScoringSettings settings, RewardFunction rewards) {
        pools.put(
                BUILT_IN, pool(prefix + BUILT_IN, new PoolSettings(settings.threads(), settings.deadline()), settings));
        pools.put(CODE, pool(prefix + CODE, settings.code(), settings));
        rewards.graders().stream()
                .filter(WeightedGrader::custom)
                .forEach(grader -> pools.put(grader.name(), pool(prefix + grader.name(), settings.custom(), settings)));
    }

    private static DeadlinePool pool(String name, PoolSettings pool, ScoringSettings settings) {
        return new DeadlinePool(name, pool.threads(), pool.deadline(), settings.maximumOverdue());
    }

    /** Where a completion is taken apart and what is ours and quick is graded. */
    DeadlinePool builtIn() {
        return pools.get(BUILT_IN);
    }

    /** Where this grader grades this completion. */
    DeadlinePool of(WeightedGrader grader, RewardRequest request) {
        if (grader.custom()) {
            return pools.get(grader.name());
        }
        return grader.verifier(request).equals(CODE) ? pools.get(CODE) : builtIn();
    }

    /** All pools by name. */
    Map<String, DeadlinePool> byName() {
        return pools;
    }

    @Override
    public void close() {
        pools.values().forEach(DeadlinePool::close);
    }
}
