/** Which problems of a dataset are worth training on: neither too easy nor too hard, and with a reference to trust. */
package io.tramontane.jobs.evaluation.curation;
