package io.tramontane.jobs.page.pipeline;

import java.util.Map;

/**
 * What Flink says of one operator. Shares are of the task it is chained into, whose operators share a thread.
 *
 * @param in records a second that come in
 * @param busy share of the time it works, of the busiest subtask
 * @param backpressured share of the time it waits for room behind it, of the subtask that waits most
 * @param figures its own metrics by name, added up over subtasks
 */
record OperatorLoad(double in, double busy, double backpressured, Map<String, Double> figures) {

    OperatorLoad {
        figures = Map.copyOf(figures);
    }

    double figure(String name) {
        return figures.getOrDefault(name, Double.NaN);
    }
}
