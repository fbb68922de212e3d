/** Hands the prompts of a run to its generators, a lease each. */
package io.tramontane.kafka.prompts;
