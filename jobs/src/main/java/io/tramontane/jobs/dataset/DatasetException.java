package io.tramontane.jobs.dataset;

/** A dataset that cannot be used. The message is one line that names the file, and the line where there is one. */
public final class DatasetException extends RuntimeException {

    public DatasetException(String message) {
        super(message);
    }

    public DatasetException(String message, Throwable cause) {
        super(message, cause);
    }
}
