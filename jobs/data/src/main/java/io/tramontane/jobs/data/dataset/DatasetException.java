package io.tramontane.jobs.data.dataset;

import io.tramontane.schemas.failure.UserFailure;
import java.util.List;

/** A dataset that cannot be used. Each line names the file, and where in it there is something wrong. */
public final class DatasetException extends RuntimeException implements UserFailure {

    private final transient List<String> lines;

    public DatasetException(String message) {
        this(List.of(message));
    }

    /** @param lines what is wrong, the first of which is the message */
    public DatasetException(List<String> lines) {
        super(lines.get(0));
        this.lines = List.copyOf(lines);
    }

    public DatasetException(String message, Throwable cause) {
        super(message, cause);
        this.lines = List.of(message);
    }

    /** All that is to be said, at least one line. */
    public List<String> lines() {
        return lines == null ? List.of(getMessage()) : lines;
    }
}
