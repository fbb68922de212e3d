package io.tramontane.rewards.code;

/** A reference that holds no tests that can be run. The message says what is wrong with it. */
public final class TestSuiteException extends Exception {

    private static final long serialVersionUID = 1L;

    public TestSuiteException(String message) {
        super(message);
    }
}
