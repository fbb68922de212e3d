package io.tramontane.kafka.records;

/** Where a record lies in its topic. */
public record RecordPlace(int partition, long offset) {}
