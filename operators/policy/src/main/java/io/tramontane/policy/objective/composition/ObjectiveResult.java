package io.tramontane.policy.objective.composition;

/**
 * What the objective says of a micro-batch.
 *
 * @param derivative [N], of {@link ObjectiveStatistics#loss} by log π_θ of each token; finite
 */
public record ObjectiveResult(double[] derivative, ObjectiveStatistics statistics) {}
