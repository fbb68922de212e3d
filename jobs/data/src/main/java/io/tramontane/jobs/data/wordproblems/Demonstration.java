package io.tramontane.jobs.data.wordproblems;

import io.tramontane.jobs.data.dataset.Problem;

/**
 * An example for the warm-up.
 *
 * @param problem a problem whose numbers are not held out
 * @param completion well-formed; the answer and the language of the thoughts are often wrong
 */
public record Demonstration(Problem problem, String completion) {}
