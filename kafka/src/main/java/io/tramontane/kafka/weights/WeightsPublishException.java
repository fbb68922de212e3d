package io.tramontane.kafka.weights;

import io.tramontane.schemas.failure.UserFailure;

/** The brokers did not take a version of the weights; no manifest of it exists. */
public final class WeightsPublishException extends RuntimeException implements UserFailure {

    private static final long serialVersionUID = 1L;

    public WeightsPublishException(String message, Throwable cause) {
        super(message, cause);
    }
}
