/** Faults injected into a training run on a cluster of processes, and what the run made of them. */
package io.tramontane.jobs.lab.faults;
