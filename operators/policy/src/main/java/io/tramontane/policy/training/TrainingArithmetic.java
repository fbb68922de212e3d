package io.tramontane.policy.training;

import java.util.Arrays;
import java.util.Optional;

/**
 * How a step is computed, as far as it decides about bits. A run keeps the number it began with: its replay computes as
 * it did, also with a later release. New runs take the newest.
 */
public enum TrainingArithmetic {
    /** The GRPO loss and its gradient within PyTorch, in float32. */
    LOSS_IN_PYTORCH(1),
    /** The objective in Java, in double precision; its derivative is carried back through the network in float32. */
    OBJECTIVE_IN_JAVA(2);

    private final int number;

    TrainingArithmetic(int number) {
        this.number = number;
    }

    /** What is stored with a run. */
    public int number() {
        return number;
    }

    /** That of new runs. */
    public static TrainingArithmetic newest() {
        return values()[values().length - 1];
    }

    /** The one of this number; empty if this release does not know it. */
    public static Optional<TrainingArithmetic> of(int number) {
        return Arrays.stream(values())
                .filter(arithmetic -> arithmetic.number == number)
                .findFirst();
    }
}
