package io.tramontane.rewards.code.sandbox;

import io.tramontane.schemas.failure.UserFailure;
import java.io.IOException;

/** The sandbox cannot be had here, or an instance of it broke. The message is one line for a person. */
public final class SandboxException extends IOException implements UserFailure {

    private static final long serialVersionUID = 1L;

    public SandboxException(String message) {
        super(message);
    }

    public SandboxException(String message, Throwable cause) {
        super(message, cause);
    }
}
