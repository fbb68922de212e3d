/** How the roles of a run reach Kafka: connection settings, the topics, an embedded broker, weights and prompts. */
package io.tramontane.kafka;
