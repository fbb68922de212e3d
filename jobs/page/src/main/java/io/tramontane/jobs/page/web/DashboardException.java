package io.tramontane.jobs.page.web;

/** The page cannot be served; the message says why and what to do, in one line. */
public final class DashboardException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DashboardException(String message, Throwable cause) {
        super(message, cause);
    }
}
