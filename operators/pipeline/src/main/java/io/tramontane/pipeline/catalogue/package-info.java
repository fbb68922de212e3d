/** Every metric of ours, from all parts of the pipeline. */
package io.tramontane.pipeline.catalogue;
