package io.tramontane.jobs.page.dashboard;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that does one thing over and over while somebody looks at the page. What fails is tried again after a pause:
 * brokers and clusters come back.
 */
public final class Follower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final long PAUSE_AFTER_FAILURE_MILLIS = 500;

    /** One round of work, which waits by itself when there is nothing to do. */
    @FunctionalInterface
    public interface Round {
        void run() throws InterruptedException;
    }

    private final Attention attention;
    private final Round round;
    private final Runnable atEnd;
    private final Thread thread;
    private volatile boolean closed;

    private Follower(String name, Attention attention, Round round, Runnable atEnd) {
        this.attention = attention;
        this.round = round;
        this.atEnd = atEnd;
        this.thread = new Thread(this::run, name);
    }

    /** @param atEnd closes what {@code round} opened, on the same thread */
    public static Follower start(String name, Attention attention, Round round, Runnable atEnd) {
        Follower follower = new Follower(name, attention, round, atEnd);
        follower.thread.setDaemon(true);
        follower.thread.start();
        return follower;
    }

    private void run() {
        try {
            while (!closed) {
                attention.await();
                roundOrPause();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            // Kafka's clients do not close in order on a thread that is interrupted.
            Thread.interrupted();
            atEnd.run();
        }
    }

    private void roundOrPause() throws InterruptedException {
        try {
            round.run();
        } catch (org.apache.kafka.common.errors.InterruptException e) {
            throw (InterruptedException) new InterruptedException().initCause(e);
        } catch (RuntimeException e) {
            LOG.info("{} failed and is tried again: {}", thread.getName(), e.getMessage());
            LOG.debug("the failure", e);
            Thread.sleep(PAUSE_AFTER_FAILURE_MILLIS);
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
