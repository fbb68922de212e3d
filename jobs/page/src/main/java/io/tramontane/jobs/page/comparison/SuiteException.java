package io.tramontane.jobs.page.comparison;

import io.tramontane.schemas.failure.UserFailure;

/** A suite cannot be read; the message says where and why, in one line. */
public final class SuiteException extends RuntimeException implements UserFailure {

    private static final long serialVersionUID = 1L;

    public SuiteException(String message) {
        super(message);
    }
}
