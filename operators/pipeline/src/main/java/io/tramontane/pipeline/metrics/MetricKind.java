package io.tramontane.pipeline.metrics;

/** What a metric is to Flink. */
public enum MetricKind {
    /** Only grows, from 0 at the start of the task. */
    COUNTER,
    /** A number that goes up and down. */
    GAUGE,
    /** Events a second over the last minute. */
    METER,
    /** Count, mean and quantiles of recent values. */
    HISTOGRAM,
    /** Words: for the Flink UI only, since the reporters of numbers leave it out. */
    TEXT
}
