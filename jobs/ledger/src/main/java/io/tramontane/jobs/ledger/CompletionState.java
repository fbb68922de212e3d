package io.tramontane.jobs.ledger;

/**
 * Where a completion ended, or is. Each completion id that was delivered is in exactly one of these; further deliveries
 * of the same id are duplicates and are counted beside them.
 */
public enum CompletionState {
    /** Its group was trained in a step. */
    TRAINED("trained"),
    /** Dropped: all of its group had the same reward. */
    ZERO_VARIANCE("dropped: zero-variance"),
    /** Dropped: it, or another of its group, was sampled by weights too old. */
    STALE("dropped: stale"),
    /** Dropped: its group did not become complete in time. */
    INCOMPLETE("dropped: incomplete"),
    /** Dropped: it disagrees with its group about the group's size. */
    MALFORMED("dropped: malformed"),
    /** Open: the job has not read it, as of its last checkpoint. */
    UNREAD("open: not yet read"),
    /** Open: its group has not ended. */
    GATHERING("open: group unfinished"),
    /** Open: its group ended without it, and its own end may still be on the way. */
    LATE("open: late for its group"),
    /** Open: its group waits for the step that trains it. */
    WAITING("open: waits for training"),
    /** Nothing accounts for it. */
    LOST("IN NO STATE");

    private final String label;

    CompletionState(String label) {
        this.label = label;
    }

    /** For tables. */
    public String label() {
        return label;
    }

    /** Whether the run may still train or drop it. */
    public boolean open() {
        return this == UNREAD || this == GATHERING || this == LATE || this == WAITING;
    }
}
