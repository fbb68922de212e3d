package io.tramontane.kafka.secrets;

import io.tramontane.schemas.failure.UserFailure;

/** A property refers to a secret that is not there; the message names the property and the reference, in one line. */
public final class SecretUnavailableException extends RuntimeException implements UserFailure {

    private static final long serialVersionUID = 1L;

    public SecretUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
