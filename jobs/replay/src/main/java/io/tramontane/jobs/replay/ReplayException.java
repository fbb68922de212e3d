package io.tramontane.jobs.replay;

import io.tramontane.schemas.failure.UserFailure;

/** A run cannot be replayed; the message says why, in one line. */
public final class ReplayException extends RuntimeException implements UserFailure {

    private static final long serialVersionUID = 1L;

    public ReplayException(String message) {
        super(message);
    }
}
