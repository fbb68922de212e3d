package io.tramontane.kafka.records;

/**
 * What a reader met.
 *
 * @param records read and handed on
 * @param malformed could not be decoded and were left out
 */
public record ReadSummary(long records, long malformed) {}
