/** A run in one process: broker, Flink, generator, training, evaluation, report. */
package io.tramontane.jobs.run.local;
