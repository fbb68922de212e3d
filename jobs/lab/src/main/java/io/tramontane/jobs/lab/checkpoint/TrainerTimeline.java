package io.tramontane.jobs.lab.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the trainer's own thread did and when, in nanoseconds since the epoch. A job is serialised even when it runs in
 * this process, so its parts find their timeline by name.
 *
 * <p>Thread-safe.
 */
final class TrainerTimeline {

    /** What the thread was busy with. */
    enum Activity {
        /** The gradient of a micro-batch. */
        MICRO_BATCH,
        /** The optimizer's step. */
        OPTIMIZER,
        /** Copying weights and moments to the host. */
        COPY,
        /** Handing the weights to the outlet. */
        PUBLISH
    }

    /** One call. */
    record Span(Activity activity, long begin, long end) {

        double milliseconds() {
            return (end - begin) / 1e6;
        }
    }

    private static final Map<String, TrainerTimeline> OPEN = new ConcurrentHashMap<>();
    /** {@link System#nanoTime()} has no fixed origin; checkpoint statistics are milliseconds since the epoch. */
    private static final long ORIGIN = System.currentTimeMillis() * 1_000_000 - System.nanoTime();

    private final List<Span> spans = new ArrayList<>();
    private int steps;

    private TrainerTimeline() {}

    static TrainerTimeline of(String name) {
        return OPEN.computeIfAbsent(name, any -> new TrainerTimeline());
    }

    static void forget(String name) {
        OPEN.remove(name);
    }

    static long now() {
        return ORIGIN + System.nanoTime();
    }

    synchronized void add(Activity activity, long begin) {
        spans.add(new Span(activity, begin, now()));
        steps += activity == Activity.OPTIMIZER ? 1 : 0;
    }

    synchronized List<Span> spans() {
        return List.copyOf(spans);
    }

    synchronized int steps() {
        return steps;
    }
}
