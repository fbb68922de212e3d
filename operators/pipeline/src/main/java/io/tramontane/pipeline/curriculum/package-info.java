/** Stages of a run: harder data, longer completions, smaller batches as the policy gets better (Magistral §5.2). */
package io.tramontane.pipeline.curriculum;
