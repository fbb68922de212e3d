package io.tramontane.kafka.records;

/**
 * A record that could not be decoded, by its place in the topic.
 *
 * @param cause what is wrong with it
 */
public record UnreadableRecord(int partition, long offset, String cause) {}
