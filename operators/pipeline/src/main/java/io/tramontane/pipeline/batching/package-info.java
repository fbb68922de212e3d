/** From groups to normalised batches and micro-batches. */
package io.tramontane.pipeline.batching;
