package io.tramontane.policy.objective.composition;

import io.tramontane.policy.objective.LossDivisor;
import java.util.Optional;
import java.util.function.Supplier;

/** The divisor of a loss, or to leave it to the loss. */
public enum DivisorChoice {
    AUTOMATIC(Optional.empty()),
    TOTAL_TOKENS(Optional.of(LossDivisor.TOTAL_TOKENS)),
    PER_SEQUENCE_MEAN(Optional.of(LossDivisor.PER_SEQUENCE_MEAN)),
    CONSTANT(Optional.of(LossDivisor.CONSTANT));

    private final Optional<LossDivisor> divisor;

    DivisorChoice(Optional<LossDivisor> divisor) {
        this.divisor = divisor;
    }

    /** The divisor chosen, or that of the loss. */
    LossDivisor or(Supplier<LossDivisor> ofLoss) {
        return divisor.orElseGet(ofLoss);
    }
}
