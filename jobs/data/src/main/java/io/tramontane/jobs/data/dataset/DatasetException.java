package io.tramontane.jobs.data.dataset;

import io.tramontane.schemas.failure.UserFailure;
import java.util.List;

/** A dataset that cannot be used. Each line names the file, and where in it there is something wrong. */
public final class DatasetException extends RuntimeException implements UserFailure {

    public DatasetException(String message) {
        this(List.of(message));
    }

    /** @param lines what is wrong, at least one line; together they are the message */
    public DatasetException(List<String> lines) {
        super(String.join("\n", lines));
    }

    public DatasetException(String message, Throwable cause) {
        super(message, cause);
    }

    /** All that is to be said, at least one line. */
    public List<String> lines() {
        return getMessage().lines().toList();
    }
}
