package io.tramontane.jobs.page.curves;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tramontane.jobs.kernel.files.Json;
import io.tramontane.pipeline.figures.StepFigure;
import io.tramontane.schemas.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The committed steps of a run with all their figures, by columns: a run of 100,000 steps takes 20 MB.
 *
 * <p>Thread-safe.
 */
public final class StepLog {

    private static final int FIRST_CAPACITY = 256;

    private long[] steps = new long[FIRST_CAPACITY];
    private long[] finishedAt = new long[FIRST_CAPACITY];
    /** Without a value where a step has no such figure. */
    private final Map<String, double[]> figures = new TreeMap<>();

    private int size;

    /** Adds a step. One that is there already, because a topic is read again, changes nothing. */
    public void add(Step step) {
        add(step.getStep(), step.getFinishedAt(), StepFigure.all(step));
    }

    /**
     * As {@link #add(Step)}.
     *
     * @param at when it was made, milliseconds from any moment that is the same for all
     */
    public synchronized void add(long step, long at, Map<String, Double> values) {
        if (size > 0 && step <= steps[size - 1]) {
            return;
        }
        if (size == steps.length) {
            grow();
        }
        steps[size] = step;
        finishedAt[size] = at;
        values.forEach(this::set);
        size++;
    }

    private void set(String name, double value) {
        figures.computeIfAbsent(name, added -> filled(steps.length))[size] = value;
    }

    private void grow() {
        int capacity = steps.length * 2;
        steps = Arrays.copyOf(steps, capacity);
        finishedAt = Arrays.copyOf(finishedAt, capacity);
        figures.replaceAll((name, values) -> {
            double[] longer = filled(capacity);
            System.arraycopy(values, 0, longer, 0, values.length);
            return longer;
        });
    }

    private static double[] filled(int capacity) {
        double[] values = new double[capacity];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    /** The newest step; 0 before the first. */
    public synchronized long newest() {
        return size == 0 ? 0 : steps[size - 1];
    }

    /**
     * Share of the time since the oldest of the last steps that was spent computing them.
     *
     * @param last how many steps
     * @param seconds the figure that says how long a step was computed
     * @param idleUntil until when nothing has been computed after the newest step, milliseconds since the epoch; a time
     *     before that step for none
     */
    public synchronized double busyShare(int last, String seconds, long idleUntil) {
        double[] values = figures.get(seconds);
        int first = Math.max(0, size - 1 - last);
        if (values == null || size - first < 2) {
            return Double.NaN;
        }
        double computing = 0;
        for (int index = first + 1; index < size; index++) {
            computing += Double.isNaN(values[index]) ? 0 : values[index];
        }
        double passed = (Math.max(idleUntil, finishedAt[size - 1]) - finishedAt[first]) / 1e3;
        return passed <= 0 ? Double.NaN : Math.min(1, computing / passed);
    }

    /**
     * The steps after {@code after} as {@code {"steps": […], "at": […], "series": {name: […]}}}; where there are more
     * than {@code points}, neighbouring ones are averaged. A missing value is null.
     */
    public synchronized ObjectNode since(long after, int points) {
        int first = 0;
        while (first < size && steps[first] <= after) {
            first++;
        }
        List<int[]> buckets = buckets(first, points);
        ObjectNode node = Json.object();
        ArrayNode stepNumbers = node.putArray("steps");
        ArrayNode times = node.putArray("at");
        buckets.forEach(bucket -> {
            stepNumbers.add(steps[bucket[1] - 1]);
            times.add(finishedAt[bucket[1] - 1]);
        });
        ObjectNode series = node.putObject("series");
        figures.forEach((name, values) -> {
            ArrayNode column = series.putArray(name);
            buckets.forEach(bucket -> add(column, mean(values, bucket[0], bucket[1])));
        });
        return node;
    }

    private List<int[]> buckets(int first, int points) {
        int count = Math.min(points, size - first);
        List<int[]> buckets = new ArrayList<>();
        for (int bucket = 0; bucket < count; bucket++) {
            int from = first + (int) ((long) (size - first) * bucket / count);
            int to = first + (int) ((long) (size - first) * (bucket + 1) / count);
            buckets.add(new int[] {from, to});
        }
        return buckets;
    }

    private static void add(ArrayNode column, double value) {
        if (Double.isFinite(value)) {
            column.add(value);
        } else {
            column.addNull();
        }
    }

    private static double mean(double[] values, int from, int to) {
        return Arrays.stream(values, from, to)
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }
}
