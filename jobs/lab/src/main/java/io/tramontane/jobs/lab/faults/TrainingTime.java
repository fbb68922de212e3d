package io.tramontane.jobs.lab.faults;

import io.tramontane.jobs.lab.faults.StepWatch.SeenStep;
import java.util.ArrayList;
import java.util.List;

/**
 * How much of the time a trainer made steps that stayed.
 *
 * @param seconds from the first step to the last
 * @param lostSeconds between the last step of an incarnation that was kept and the first one of the next, over what a
 *     step takes otherwise: standing still, starting, and steps that were made twice
 * @param medianStepSeconds from one step to the next within an incarnation
 */
public record TrainingTime(double seconds, double lostSeconds, double medianStepSeconds) {

    /** The share of time in which training went on. */
    public double effectiveShare() {
        return seconds == 0 ? 1 : 1 - lostSeconds / seconds;
    }

    /** @param steps committed ones, in order */
    static TrainingTime of(List<SeenStep> steps) {
        List<Double> within = new ArrayList<>();
        List<Double> across = new ArrayList<>();
        for (int index = 1; index < steps.size(); index++) {
            SeenStep before = steps.get(index - 1);
            SeenStep after = steps.get(index);
            double gap = (after.finishedAt() - before.finishedAt()) / 1e3;
            (before.incarnation() == after.incarnation() ? within : across).add(gap);
        }
        if (within.isEmpty()) {
            return new TrainingTime(0, 0, 0);
        }
        within.sort(null);
        double median = within.get(within.size() / 2);
        double lost =
                across.stream().mapToDouble(gap -> Math.max(0, gap - median)).sum();
        double seconds =
                (steps.get(steps.size() - 1).finishedAt() - steps.get(0).finishedAt()) / 1e3;
        return new TrainingTime(seconds, lost, median);
    }
}
