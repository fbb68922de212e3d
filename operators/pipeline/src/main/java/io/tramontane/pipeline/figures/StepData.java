package io.tramontane.pipeline.figures;

import io.tramontane.pipeline.batching.BatchSummary;
import io.tramontane.pipeline.batching.GroupStatistics;
import io.tramontane.policy.objective.composition.ObjectiveStatistics;
import io.tramontane.policy.training.MicroBatchStatistics;
import io.tramontane.policy.training.StepStatistics;
import java.time.Duration;

/**
 * What is known of an optimizer step when it is done: what its figures are computed from.
 *
 * @param batch its batch
 * @param sums over the tokens of its micro-batches
 * @param step of the optimizer
 * @param computing time spent computing it
 */
public record StepData(BatchSummary batch, MicroBatchStatistics sums, StepStatistics step, Duration computing) {

    /** Sums over all groups that came since the step before. */
    GroupStatistics groups() {
        return batch.statistics();
    }

    /** What the objective says of the batch's tokens, as sums. */
    ObjectiveStatistics objective() {
        return sums.objective();
    }

    /** The mean over the completions of complete groups since the step before; 0 when there were none. */
    double perCompletion(double sum) {
        return share(sum, groups().completions());
    }

    /** The mean over the trained tokens; 0 when there were none. */
    double perToken(double sum) {
        return share(sum, sums.objective().tokens());
    }

    static double share(double part, long whole) {
        return whole == 0 ? 0 : part / whole;
    }
}
