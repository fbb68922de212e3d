package io.tramontane.rewards.math.real;

/** A text or a comparison is larger than its limits; the comparison ends with the verdict TIMEOUT. */
public final class BudgetExhaustedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BudgetExhaustedException(String reason) {
        super(reason, null, false, false);
    }
}
