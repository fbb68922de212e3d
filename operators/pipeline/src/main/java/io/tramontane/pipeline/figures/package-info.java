/** The figures of an optimizer step: what they are called, mean and show, and how they are computed, in one place. */
package io.tramontane.pipeline.figures;
