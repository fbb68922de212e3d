/** A policy on the host: the shape of the transformer and its weights. No class here knows of Flink or Kafka. */
package io.tramontane.policy;
