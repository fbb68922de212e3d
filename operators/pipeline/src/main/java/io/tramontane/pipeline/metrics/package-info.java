/** What there is to measure: one catalogue of all metrics, through which each is registered. */
package io.tramontane.pipeline.metrics;
