package io.tramontane.rewards.math.real;

/**
 * The work one comparison may do. Counting steps instead of watching a clock makes a verdict a function of its texts
 * alone, and needs no second thread. Not thread-safe: every comparison has its own.
 */
public final class Budget {

    private long steps;

    /** @param steps one step is about the cost of one 64-bit operation with its bookkeeping, some 20 ns */
    public Budget(long steps) {
        this.steps = steps;
    }

    /** @throws BudgetExhaustedException when the steps are used up */
    public void spend(long cost) {
        steps -= cost;
        if (steps < 0) {
            throw new BudgetExhaustedException("the comparison needs more steps than allowed");
        }
    }
}
