package io.tramontane.jobs.kernel.metrics;

import io.tramontane.schemas.failure.UserFailure;

/** Metrics cannot be shown; the message says why and what to do. */
public final class MetricsException extends RuntimeException implements UserFailure {

    private static final long serialVersionUID = 1L;

    MetricsException(String message) {
        super(message);
    }
}
