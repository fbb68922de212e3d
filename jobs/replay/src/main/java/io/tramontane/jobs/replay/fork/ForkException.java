package io.tramontane.jobs.replay.fork;

/** A run cannot be forked there; the message says why, in one line. */
public final class ForkException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ForkException(String message) {
        super(message);
    }
}
