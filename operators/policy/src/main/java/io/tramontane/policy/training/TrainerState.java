package io.tramontane.policy.training;

import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.Weights;

/**
 * All a trainer needs to go on, on the host and immutable.
 *
 * @param weights the policy
 * @param firstMoment running mean of the gradient
 * @param secondMoment running mean of its square
 * @param step optimizer steps done
 */
public record TrainerState(Weights weights, Weights firstMoment, Weights secondMoment, long step) {

    /** Fresh optimizer state for given weights. */
    public static TrainerState startingFrom(Weights weights) {
        return new TrainerState(weights, Weights.zeros(weights.specs()), Weights.zeros(weights.specs()), 0);
    }

    /** Random weights and fresh optimizer state. */
    public static TrainerState initialise(PolicyConfig config, long seed) {
        return startingFrom(Weights.initialise(config, seed));
    }
}
