package io.tramontane.rewards;

import java.util.Objects;

/**
 * A grader and what its full marks are worth. A weight of 0 grades and reports without touching the reward.
 *
 * @param grader the component
 * @param weight reward for a score of 1
 */
public record WeightedGrader(Grader grader, double weight) {

    public WeightedGrader {
        Objects.requireNonNull(grader, "grader");
        if (!Double.isFinite(weight)) {
            throw new IllegalArgumentException("weight of " + grader.name() + " must be finite: " + weight);
        }
    }
}
