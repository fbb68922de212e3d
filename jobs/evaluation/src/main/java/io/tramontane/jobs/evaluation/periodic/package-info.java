/** Evaluation beside a training run: the newest committed weights, now and then, on a small share of a processor. */
package io.tramontane.jobs.evaluation.periodic;
