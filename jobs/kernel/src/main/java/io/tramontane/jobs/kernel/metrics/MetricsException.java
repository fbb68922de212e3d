package io.tramontane.jobs.kernel.metrics;

/** Metrics cannot be shown; the message says why and what to do. */
public final class MetricsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MetricsException(String message) {
        super(message);
    }
}
