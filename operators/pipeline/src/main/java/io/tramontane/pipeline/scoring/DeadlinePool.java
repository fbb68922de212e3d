package io.tramontane.pipeline.scoring;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs tasks on a bounded number of threads, each with a deadline from the moment it starts.
 *
 * <p>A task past its deadline fails with {@link TimeoutException}, is interrupted, and gives its place to the next one
 * at once, even if it does not heed the interrupt: a verifier that hangs costs a thread, never the throughput of the
 * others. {@link #overdue()} counts the threads so lost; while there are too many of them, tasks fail at once with
 * {@link TimeoutException} instead of being run, so that a verifier which always hangs takes no unbounded number of
 * threads.
 *
 * <p>Thread-safe. The number of waiting tasks is bounded by the caller: scoring has at most its {@code capacity}
 * completions in flight, each with one task at a time, and lets the stream wait beyond it.
 */
final class DeadlinePool implements AutoCloseable {

    /** A task that is done but whose followers are not yet is not to be asked for without a pause. */
    private static final long SHORTEST_WAIT_NANOS = 1_000_000;

    private static final long PAUSE_NANOS = 50_000;
    private static final int PAUSES = 20;

    private final int threads;
    private final Duration deadline;
    private final long deadlineNanos;
    private final int maximumOverdue;
    private final ExecutorService workers;
    private final ScheduledThreadPoolExecutor clock;
    private final Deque<Task<?>> waiting = new ArrayDeque<>();
    /** Tasks that hold a place, in the order in which their deadlines fall: each has the same time. */
    private final Set<Task<?>> running = new LinkedHashSet<>();

    private final AtomicInteger overdue = new AtomicInteger();
    /** Threads without a task that will look for one in a moment. */
    private int pausing;

    private boolean alarmSet;
    private boolean closed;

    /**
     * @param name prefix of the threads' names
     * @param threads tasks that run at a time
     * @param deadline time a task may run
     * @param maximumOverdue threads that may hang before tasks are refused
     */
    DeadlinePool(String name, int threads, Duration deadline, int maximumOverdue) {
        this.threads = threads;
        this.deadline = deadline;
        this.deadlineNanos = deadline.toNanos();
        this.maximumOverdue = maximumOverdue;
        workers = Executors.newCachedThreadPool(daemons(name));
        clock = new ScheduledThreadPoolExecutor(1, daemons(name + "-deadline"));
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
            waiting.add(task);
        }
        startWaiting();
        return task.result;
    }

    /** Tasks past their deadline whose threads have not come back. */
    int overdue() {
        return overdue.get();
    }

    /** Tasks that wait for a thread. */
    synchronized int waiting() {
        return waiting.size();
    }

    /**
     * Whatever completes a result does so without the lock: what follows on it may submit to this pool or to others.
     */
    private void startWaiting() {
        for (Task<?> next = next(); next != null; next = next()) {
            next.start();
        }
    }

    /** The next task to start, its place taken; null if there is none or no place. */
    private synchronized Task<?> next() {
        while (running.size() + pausing < threads && !closed) {
            Task<?> next = waiting.poll();
            if (next == null) {
                return null;
            }
            if (!next.result.isDone()) {
                next.expiresAt = System.nanoTime() + deadlineNanos;
                running.add(next);
                setAlarm();
                return next;
            }
        }
        return null;
    }

    /**
     * The next task, or one that comes within a moment; null if none does. A stream of tasks that take microseconds is
     * so run a few at a time by a thread that looks for them, instead of waking a thread for each.
     */
    private Task<?> nextOrSoon() {
        Task<?> next = next();
        for (int pause = 0; next == null && pause < PAUSES; pause++) {
            beginPause();
            LockSupport.parkNanos(PAUSE_NANOS);
            next = endPause();
        }
        return next;
    }

    private synchronized void beginPause() {
        pausing++;
    }

    private synchronized Task<?> endPause() {
        pausing--;
        return next();
    }

    private synchronized void returnPlaceOf(Task<?> task) {
        running.remove(task);
    }

    /**
     * One alarm for the earliest deadline, set again when it goes off: tasks of microseconds come and go below it, and
     * to set and cancel one for each would cost more than they do.
     */
    private void setAlarm() {
        Iterator<Task<?>> earliest = running.iterator();
        if (!alarmSet && !closed && earliest.hasNext()) {
            alarmSet = true;
            long wait = earliest.next().expiresAt - System.nanoTime();
            clock.schedule(this::expireOverdue, Math.max(SHORTEST_WAIT_NANOS, wait), TimeUnit.NANOSECONDS);
        }
    }

    private void expireOverdue() {
        for (Task<?> task : overdueNow()) {
            task.expire();
        }
        synchronized (this) {
            alarmSet = false;
            setAlarm();
        }
    }

    private synchronized List<Task<?>> overdueNow() {
        long now = System.nanoTime();
        return running.stream().filter(task -> task.expiresAt - now <= 0).toList();
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
        /** Set by whichever comes first: the end of the run, or its being abandoned. */
        private final AtomicBoolean left = new AtomicBoolean();

        /** By {@link System#nanoTime()}, from when it has a place. */
        private long expiresAt;

        private Thread runner;

        private Task(Callable<T> work) {
            this.work = work;
        }

        private void start() {
            if (!mayRun()) {
                return;
            }
            try {
                workers.execute(this::runAndGoOn);
            } catch (RejectedExecutionException | OutOfMemoryError e) {
                // The pool was closed meanwhile, or the system gives no more threads.
                result.completeExceptionally(e);
                returnPlaceOf(this);
            }
        }

        /** False if too many hang, in which case the task has failed. */
        private boolean mayRun() {
            if (overdue.get() >= maximumOverdue) {
                result.completeExceptionally(
                        new TimeoutException("not asked: " + maximumOverdue + " threads hang past their deadline"));
                returnPlaceOf(this);
                return false;
            }
            result.whenComplete((value, failure) -> {
                if (result.isCancelled()) {
                    abandon();
                }
            });
            return true;
        }

        /** Then runs what waits, in the same thread: handing it to another one would take longer than it does. */
        private void runAndGoOn() {
            boolean kept = run();
            while (kept) {
                // What an interrupt left behind, if the task took it for itself, is not the next one's.
                Thread.interrupted();
                Task<?> next = nextOrSoon();
                kept = next != null && (!next.mayRun() || next.run());
            }
        }

        /** Whether the place is free again, and the thread with it. */
        private boolean run() {
            takeThread(Thread.currentThread());
            try {
                if (!result.isDone()) {
                    result.complete(work.call());
                }
            } catch (Throwable e) {
                // Errors too: a class that a verifier lacks must not look like a timeout.
                result.completeExceptionally(e);
            } finally {
                takeThread(null);
            }
            if (left.getAndSet(true)) {
                overdue.decrementAndGet();
                return false;
            }
            returnPlaceOf(this);
            return true;
        }

        /** The result before the interrupt: a task that returns when interrupted must not get in first with a value. */
        private void expire() {
            if (!result.isDone() && leave()) {
                result.completeExceptionally(new TimeoutException("not done within " + deadline.toMillis() + " ms"));
                interrupt();
                startWaiting();
            }
        }

        /** Gives the place to the next task, whatever the thread does. */
        private void abandon() {
            if (leave()) {
                interrupt();
                startWaiting();
            }
        }

        /** False if the task has come to its end before. */
        private boolean leave() {
            if (left.getAndSet(true)) {
                return false;
            }
            overdue.incrementAndGet();
            returnPlaceOf(this);
            return true;
        }

        private synchronized void takeThread(Thread thread) {
            runner = thread;
        }

        /** Under the lock, so that it cannot hit what the thread runs next. */
        private synchronized void interrupt() {
            if (runner != null) {
                runner.interrupt();
            }
        }
    }
}
