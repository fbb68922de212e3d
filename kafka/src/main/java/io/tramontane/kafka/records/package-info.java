/** Reads and writes the records of a topic, committed ones only, and knows where each lies. */
package io.tramontane.kafka.records;
