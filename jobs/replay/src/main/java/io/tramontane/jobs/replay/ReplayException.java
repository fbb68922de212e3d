package io.tramontane.jobs.replay;

/** A run cannot be replayed; the message says why, in one line. */
public final class ReplayException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ReplayException(String message) {
        super(message);
    }
}
