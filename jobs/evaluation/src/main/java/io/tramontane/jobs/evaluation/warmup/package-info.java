/** Makes the base policy of a run of the built-in task: a tokenizer and a short supervised training. */
package io.tramontane.jobs.evaluation.warmup;
