package io.tramontane.kafka.testing;

import io.tramontane.kafka.KafkaSettings;

/**
 * A run of its own for one test: all topics of the catalogue exist and are empty.
 *
 * @param kafka how to reach the shared broker
 */
public record TestRun(KafkaSettings kafka, String runId) {}
