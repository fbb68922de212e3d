package io.tramontane.schemas;

import io.tramontane.schemas.failure.UserFailure;
import java.io.IOException;

/** The bytes of a record cannot be read; the message says why. */
public final class MalformedRecordException extends IOException implements UserFailure {

    private static final long serialVersionUID = 1L;

    public MalformedRecordException(String message, Throwable cause) {
        super(message, cause);
    }

    public MalformedRecordException(String message) {
        super(message);
    }
}
