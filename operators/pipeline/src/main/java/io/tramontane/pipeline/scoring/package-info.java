/**
 * Grades completions beside the stream, on threads of their own for each kind of verifier, and each with a deadline
 * that ends in a verdict.
 */
package io.tramontane.pipeline.scoring;
