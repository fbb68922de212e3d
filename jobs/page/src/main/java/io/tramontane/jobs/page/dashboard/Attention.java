package io.tramontane.jobs.page.dashboard;

import java.time.Duration;

/**
 * Whether anybody looks at the page. Nothing is read from topics or asked of Flink while nobody does, so a page that is
 * served and not looked at costs a run nothing.
 *
 * <p>Thread-safe.
 */
public final class Attention {

    /** How long after the last question somebody is taken to look; an open page asks every second. */
    public static final Duration LASTS = Duration.ofSeconds(5);

    private boolean ever;
    private long paidAtNanos;

    /** Somebody asked for something just now. */
    public synchronized void pay() {
        ever = true;
        paidAtNanos = System.nanoTime();
        notifyAll();
    }

    /** Whether somebody asked recently. */
    public synchronized boolean isPaid() {
        return ever && System.nanoTime() - paidAtNanos < LASTS.toNanos();
    }

    /** Returns at once while somebody looks, else when somebody does. */
    public synchronized void await() throws InterruptedException {
        while (!isPaid()) {
            wait();
        }
    }
}
