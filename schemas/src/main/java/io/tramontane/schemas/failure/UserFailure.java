package io.tramontane.schemas.failure;

/**
 * An exception whose message, a line at a time, tells the person who runs the program what happened and what to do. It
 * is shown as it stands, without a stack trace; any other exception is shown as unexpected.
 */
public interface UserFailure {

    /** What happened and what to do, in whole lines; null is shown as unexpected. */
    String getMessage();
}
