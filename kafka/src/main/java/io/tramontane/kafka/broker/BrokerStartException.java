package io.tramontane.kafka.broker;

import io.tramontane.schemas.failure.UserFailure;

/** The embedded broker cannot start; the message is one line that tells the user why. */
public final class BrokerStartException extends RuntimeException implements UserFailure {

    private static final long serialVersionUID = 1L;

    public BrokerStartException(String message) {
        super(message);
    }

    public BrokerStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
