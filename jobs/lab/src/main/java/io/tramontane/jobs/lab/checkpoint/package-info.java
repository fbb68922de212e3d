/** What checkpoints cost the trainer. */
package io.tramontane.jobs.lab.checkpoint;
