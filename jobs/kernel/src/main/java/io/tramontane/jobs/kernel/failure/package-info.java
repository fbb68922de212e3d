/** Failures that a run ends with. */
package io.tramontane.jobs.kernel.failure;
