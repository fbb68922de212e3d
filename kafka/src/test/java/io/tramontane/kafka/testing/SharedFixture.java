package io.tramontane.kafka.testing;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Starts what outlives a single test, such as a broker or a Flink cluster, in a thread group of its own. Threads
 * inherit the group of the thread that makes them, so {@link ThreadLeakExtension} knows all that belong to a fixture,
 * those that it starts later included.
 */
public final class SharedFixture {

    static final String THREAD_GROUP = "shared-fixtures";

    private SharedFixture() {}

    /** The fixture that the action starts. */
    public static <T> T start(Callable<T> action) {
        FutureTask<T> task = new FutureTask<>(action);
        Thread thread = new Thread(new ThreadGroup(THREAD_GROUP), task, "start-fixture");
        thread.start();
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the fixture did not start", e.getCause());
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the fixture started", e);
        }
    }
}
