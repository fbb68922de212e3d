package io.tramontane.jobs.page.web;

import io.tramontane.schemas.failure.UserFailure;

/** The page cannot be served; the message says why and what to do, in one line. */
public final class DashboardException extends RuntimeException implements UserFailure {

    private static final long serialVersionUID = 1L;

    public DashboardException(String message, Throwable cause) {
        super(message, cause);
    }
}
