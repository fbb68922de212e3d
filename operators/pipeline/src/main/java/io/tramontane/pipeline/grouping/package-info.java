/** Collects the completions of a prompt until its group ends. */
package io.tramontane.pipeline.grouping;
