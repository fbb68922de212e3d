/** Which prompts are issued, and when. */
package io.tramontane.pipeline.scheduling;
