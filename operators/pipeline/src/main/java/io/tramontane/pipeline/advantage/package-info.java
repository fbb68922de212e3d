/** From the rewards of a group to its advantages and fate. */
package io.tramontane.pipeline.advantage;
