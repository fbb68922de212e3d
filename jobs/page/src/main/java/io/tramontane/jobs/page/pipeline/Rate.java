package io.tramontane.jobs.page.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;

/** How fast a count grows, over the last seconds. Used by one thread. */
final class Rate {

    private static final long WINDOW_NANOS = 8_000_000_000L;

    private final Deque<double[]> looks = new ArrayDeque<>();

    /** @return growth a second since the oldest look in the window; 0 at the first */
    double look(double count, long nanos) {
        if (!looks.isEmpty() && count < looks.peekLast()[0]) {
            // Counted from the start again, after a restart.
            looks.clear();
        }
        looks.addLast(new double[] {count, nanos});
        while (looks.size() > 2 && nanos - looks.peekFirst()[1] > WINDOW_NANOS) {
            looks.removeFirst();
        }
        double[] oldest = looks.peekFirst();
        double seconds = (nanos - oldest[1]) / 1e9;
        return seconds <= 0 ? 0 : Math.max(0, (count - oldest[0]) / seconds);
    }
}
