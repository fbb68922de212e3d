package io.tramontane.jobs.lab.faults;

import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.records.StartAt;
import io.tramontane.kafka.records.TopicTail;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.schemas.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Follows the committed steps of a run and notes when each was seen. A thread of its own reads; all methods may be
 * called by any.
 */
public final class StepWatch implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(20);

    /**
     * A committed step.
     *
     * @param seenAt when it became visible to a reader of committed records, milliseconds since the epoch
     * @param finishedAt when the trainer had made it, milliseconds since the epoch
     */
    public record SeenStep(long step, long incarnation, long finishedAt, long seenAt) {}

    private final TopicTail<Step> tail;
    private final Thread thread;
    private volatile boolean closed;
    // Guarded by this
    private final List<SeenStep> steps = new ArrayList<>();
    private RuntimeException failure;

    public StepWatch(KafkaSettings kafka, String runId) {
        tail = new TopicTail<>(kafka, Topic.STEPS, runId, Step.class, StartAt.BEGINNING);
        thread = new Thread(this::follow, "step-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private void follow() {
        try (tail) {
            while (!closed) {
                List<Step> seen = tail.poll(POLL);
                if (!seen.isEmpty()) {
                    note(seen, System.currentTimeMillis());
                }
            }
        } catch (RuntimeException e) {
            synchronized (this) {
                failure = e;
                notifyAll();
            }
        }
    }

    private synchronized void note(List<Step> seen, long now) {
        seen.forEach(step -> steps.add(new SeenStep(step.getStep(), step.getIncarnation(), step.getFinishedAt(), now)));
        notifyAll();
    }

    /** All committed steps so far, in order. */
    public synchronized List<SeenStep> steps() {
        return List.copyOf(steps);
    }

    /** The newest committed step. */
    public synchronized Optional<SeenStep> newest() {
        return steps.isEmpty() ? Optional.empty() : Optional.of(steps.get(steps.size() - 1));
    }

    /**
     * Waits for a committed step that satisfies the condition, those of the past included.
     *
     * @return the first one; empty when none came in time
     */
    public synchronized Optional<SeenStep> await(Predicate<SeenStep> condition, Duration patience)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        int next = 0;
        while (true) {
            if (failure != null) {
                throw failure;
            }
            for (; next < steps.size(); next++) {
                if (condition.test(steps.get(next))) {
                    return Optional.of(steps.get(next));
                }
            }
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return Optional.empty();
            }
            wait(left);
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
