/** How completions travel between operators and lie in their state: as the bytes they came in. */
package io.tramontane.pipeline.transport;
