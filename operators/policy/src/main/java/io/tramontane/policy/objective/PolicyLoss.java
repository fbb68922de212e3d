package io.tramontane.policy.objective;

/**
 * A loss that depends on the network only through the log-probabilities of the chosen tokens, as all of the field's
 * objectives of this kind do. It says its value and its derivative by these; the trainer carries the derivative back
 * through the network.
 *
 * <p>Implementations are immutable and deterministic: the same input gives the same bits on every machine, so sums run
 * in the order of the tokens, in double precision, and functions are those of {@link StrictMath}. What the formula
 * marks as detached (stop gradient) has no part in the derivative.
 *
 * <p>Sequences are independent: the loss of two micro-batches is the sum of their losses, since how a minibatch is cut
 * into micro-batches must not matter. {@code LossTestKit} checks all of this.
 */
@FunctionalInterface
public interface PolicyLoss {

    /** The loss of one micro-batch: its share of that of the minibatch. Never throws for any finite input. */
    LossResult of(LossInput input);
}
