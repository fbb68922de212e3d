/** Metrics for those who watch: an endpoint for Prometheus, and the metrics of processes that are not Flink's. */
package io.tramontane.jobs.kernel.metrics;
