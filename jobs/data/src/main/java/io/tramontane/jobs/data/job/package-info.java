/**
 * The training job as a configuration describes it: the sections it reads, what must hold between them, its dataset.
 */
package io.tramontane.jobs.data.job;
