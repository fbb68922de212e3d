package io.tramontane.jobs.ledger;

import java.time.Duration;

/**
 * What may be asked of a run's topics.
 *
 * @param closed whether the run was stopped in order: then nothing is on its way any more, the topics are final
 * @param settling how long a completion that came late for its group, or a trainable group that others overtook, may be
 *     without its end; longer than the slowest verifier takes
 * @param beginning number of the step after which the run began; 0 unless it is a fork
 */
public record Expectations(boolean closed, Duration settling, long beginning) {

    private static final Duration SETTLING_RUNNING = Duration.ofMinutes(15);
    private static final Duration SETTLING_CLOSED = Duration.ofSeconds(10);

    public Expectations {
        if (settling.isNegative()) {
            throw new IllegalArgumentException("the time to settle must not be negative: " + settling);
        }
    }

    /** Of a run that began with its base policy. */
    public Expectations(boolean closed, Duration settling) {
        this(closed, settling, 0);
    }

    /** The same of a fork. */
    public Expectations beginningAfter(long step) {
        return new Expectations(closed, settling, step);
    }

    /** Of a run that goes on, or was killed and may be resumed. */
    public static Expectations ofRunning() {
        return new Expectations(false, SETTLING_RUNNING);
    }

    /**
     * Of a run that was stopped with a savepoint. Verifiers have the default deadline: what they were at is in the
     * savepoint and not in the topics.
     */
    public static Expectations ofClosed() {
        return new Expectations(true, SETTLING_CLOSED);
    }
}
