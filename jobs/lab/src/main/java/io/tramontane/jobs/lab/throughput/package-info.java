/** How fast completions go through the dataflow, against a consumer that only polls them, and in how much memory. */
package io.tramontane.jobs.lab.throughput;
