package io.tramontane.policy.objective;

import java.util.Optional;

/**
 * From the rewards of a group of completions of one prompt to their advantages. Implementations are immutable and
 * deterministic, and sums run in the order of the rewards. Equal rewards have advantages of exactly 0, or none: a mean
 * that was summed and divided may differ from all of them by rounding. {@code AdvantageTestKit} checks what all have in
 * common.
 */
@FunctionalInterface
public interface AdvantageEstimator {

    /**
     * The advantages of a complete group.
     *
     * @param rewards by sample index, at least one, finite
     * @return as many, finite; nothing where the group has no advantage by the estimator's definition
     */
    Optional<double[]> of(double[] rewards);
}
