/** A broker inside this process, for local runs and tests. */
package io.tramontane.kafka.broker;
