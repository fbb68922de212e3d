package io.tramontane.jobs.evaluation.warmup;

/**
 * A learning rate that rises linearly and then falls like a cosine.
 *
 * @param steps in all
 * @param highest the rate at the end of the rise
 * @param warmUpSteps over which it rises
 * @param finalShare rate of the last step as a share of the highest
 */
public record LearningRateSchedule(int steps, double highest, int warmUpSteps, double finalShare) {

    /** The rate of a step, counted from 0. */
    double at(int step) {
        if (step < warmUpSteps) {
            return highest * (step + 1) / warmUpSteps;
        }
        double progress = (double) (step - warmUpSteps) / Math.max(1, steps - warmUpSteps);
        double cosine = (1 + Math.cos(Math.PI * progress)) / 2;
        return highest * (finalShare + (1 - finalShare) * cosine);
    }
}
