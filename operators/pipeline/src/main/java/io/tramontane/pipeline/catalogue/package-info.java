/** Every metric of Tramontane's own, from all parts of the pipeline. */
package io.tramontane.pipeline.catalogue;
