/** The program that takes prompts, samples completions and adopts new weights in flight. */
package io.tramontane.jobs.generator;
