package io.tramontane.kafka.records;

/**
 * A record with its place in the topic.
 *
 * @param timestamp when it was written, milliseconds since the epoch
 */
public record TopicRecord<T>(int partition, long offset, long timestamp, T value) {}
