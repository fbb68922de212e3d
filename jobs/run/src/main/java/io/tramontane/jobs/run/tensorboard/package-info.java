/** Scalars of a run for TensorBoard. */
package io.tramontane.jobs.run.tensorboard;
