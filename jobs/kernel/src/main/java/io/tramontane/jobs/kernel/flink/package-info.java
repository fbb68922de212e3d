/** Flink as our jobs want it: its settings, its configuration, a cluster in this process. */
package io.tramontane.jobs.kernel.flink;
