/** Grades completions beside the stream, each with a deadline. */
package io.tramontane.pipeline.scoring;
