package io.tramontane.pipeline.scoring;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs tasks on a bounded number of threads, each with a deadline from the moment it starts.
 *
 * <p>A task past its deadline fails with {@link TimeoutException}, is interrupted, and gives its place to the next one
 * at once, even if it does not heed the interrupt: a verifier that hangs costs a thread, never the throughput of the
 * others. {@link #overdue()} counts the threads so lost.
 *
 * <p>Thread-safe. The number of waiting tasks is bounded by the caller.
 */
final class DeadlinePool implements AutoCloseable {

    private final int threads;
    private final Duration deadline;
    private final ExecutorService workers;
    private final ScheduledThreadPoolExecutor clock;
    private final Deque<Task<?>> waiting = new ArrayDeque<>();
    private final AtomicInteger overdue = new AtomicInteger();
    private int running;
    private boolean closed;

    /**
     * @param name prefix of the threads' names
     * @param threads tasks that run at a time
     * @param deadline time a task may run
     */
    DeadlinePool(String name, int threads, Duration deadline) {
        this.threads = threads;
        this.deadline = deadline;
        workers = Executors.newCachedThreadPool(daemons(name));
        clock = new ScheduledThreadPoolExecutor(1, daemons(name + "-deadline"));
        // Alarms of tasks that are done must not pile up until they would have gone off.
        clock.setRemoveOnCancelPolicy(true);
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger number = new AtomicInteger();
        return runnable -> {
            Thread thread = new Thread(runnable, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * Runs the task when a thread is free.
     *
     * @return its value, its exception, or a {@link TimeoutException}; completed on a thread of the pool. Cancelling it
     *     takes a waiting task out of the queue
     */
    <T> CompletableFuture<T> submit(Callable<T> work) {
        Task<T> task = new Task<>(work);
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("the pool is closed");
            }
            if (running < threads) {
                running++;
                task.start();
            } else {
                waiting.add(task);
            }
        }
        return task.result;
    }

    /** Tasks past their deadline whose threads have not come back. */
    int overdue() {
        return overdue.get();
    }

    private synchronized void startNext() {
        Task<?> next = waiting.poll();
        while (next != null && next.result.isDone()) {
            next = waiting.poll();
        }
        if (next == null || closed) {
            running--;
        } else {
            next.start();
        }
    }

    /** Interrupts what runs; results not yet there never come. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            waiting.clear();
        }
        clock.shutdownNow();
        workers.shutdownNow();
    }

    private final class Task<T> {
        private final Callable<T> work;
        private final CompletableFuture<T> result = new CompletableFuture<>();
        private boolean placeReturned;

        private Task(Callable<T> work) {
            this.work = work;
        }

        private void start() {
            Future<?> execution = workers.submit(this::run);
            ScheduledFuture<?> alarm =
                    clock.schedule(() -> expire(execution), deadline.toNanos(), TimeUnit.NANOSECONDS);
            result.whenComplete((value, failure) -> alarm.cancel(false));
        }

        private void run() {
            try {
                result.complete(work.call());
            } catch (Throwable e) {
                // Errors too: a class that a verifier lacks must not look like a timeout.
                result.completeExceptionally(e);
            } finally {
                if (!returnPlace()) {
                    overdue.decrementAndGet();
                }
            }
        }

        private void expire(Future<?> execution) {
            if (result.completeExceptionally(new TimeoutException("not done within " + deadline))) {
                overdue.incrementAndGet();
                if (!returnPlace()) {
                    overdue.decrementAndGet();
                }
                execution.cancel(true);
            }
        }

        /** Whether this call was the first, which alone lets the next task start. */
        private boolean returnPlace() {
            synchronized (DeadlinePool.this) {
                if (placeReturned) {
                    return false;
                }
                placeReturned = true;
                startNext();
                return true;
            }
        }
    }
}
