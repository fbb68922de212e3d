package io.tramontane.jobs.replay.fork;

import io.tramontane.schemas.failure.UserFailure;

/** A run cannot be forked there; the message says why, in one line. */
public final class ForkException extends RuntimeException implements UserFailure {

    private static final long serialVersionUID = 1L;

    public ForkException(String message) {
        super(message);
    }
}
