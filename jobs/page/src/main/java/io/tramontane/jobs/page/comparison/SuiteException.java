package io.tramontane.jobs.page.comparison;

/** A suite cannot be read; the message says where and why, in one line. */
public final class SuiteException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SuiteException(String message) {
        super(message);
    }
}
