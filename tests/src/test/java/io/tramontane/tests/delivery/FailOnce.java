package io.tramontane.tests.delivery;

import java.util.concurrent.atomic.AtomicBoolean;

/** A failure that happens once in this JVM however often the job that has it is restarted. */
final class FailOnce {

    private static final AtomicBoolean DUE = new AtomicBoolean();

    private FailOnce() {}

    static void arm() {
        DUE.set(true);
    }

    /** Fails at the first call since it was armed. */
    static void now() {
        if (DUE.getAndSet(false)) {
            throw new IllegalStateException("induced by the test");
        }
    }

    static boolean happened() {
        return !DUE.get();
    }
}
