/** The topics of a run: what each carries, how it is configured, and their creation. */
package io.tramontane.kafka.topics;
