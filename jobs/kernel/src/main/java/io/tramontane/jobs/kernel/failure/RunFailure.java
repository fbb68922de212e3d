package io.tramontane.jobs.kernel.failure;

import io.tramontane.schemas.failure.UserFailure;

/** A run cannot start or go on; the message is the one line a person reads. */
public final class RunFailure extends RuntimeException implements UserFailure {

    private static final long serialVersionUID = 1L;

    public RunFailure(String message) {
        super(message);
    }

    public RunFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** The first cause of a failure, which says most; the failure itself when it has none. */
    public static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }
}
