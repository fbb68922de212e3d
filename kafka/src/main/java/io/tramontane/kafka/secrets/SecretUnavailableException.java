package io.tramontane.kafka.secrets;

/** A property refers to a secret that is not there; the message names the property and the reference, in one line. */
public final class SecretUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SecretUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
