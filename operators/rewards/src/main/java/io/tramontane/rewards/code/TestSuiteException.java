package io.tramontane.rewards.code;

import io.tramontane.schemas.failure.UserFailure;

/** A reference that holds no tests that can be run. The message says what is wrong with it. */
public final class TestSuiteException extends Exception implements UserFailure {

    private static final long serialVersionUID = 1L;

    public TestSuiteException(String message) {
        super(message);
    }
}
