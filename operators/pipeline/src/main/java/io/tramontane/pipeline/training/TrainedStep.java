package io.tramontane.pipeline.training;

import io.tramontane.pipeline.batching.BatchSummary;
import java.util.Map;

/**
 * The results of one optimizer step.
 *
 * @param step counted from 1: the version of the weights it made
 * @param batch what it was trained on
 * @param completionTokens tokens it was trained on
 * @param loss of the batch, before the step
 * @param metrics figures by the names of {@link StepMetrics}
 */
public record TrainedStep(
        long step, BatchSummary batch, long completionTokens, double loss, Map<String, Double> metrics) {}
