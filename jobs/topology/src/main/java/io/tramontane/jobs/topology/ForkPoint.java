package io.tramontane.jobs.topology;

import io.tramontane.pipeline.scheduling.ScheduleState;

/**
 * The step of another run after which a run begins: a fork of it.
 *
 * @param run id of the other run, its parent
 * @param step of the parent; the fork's own steps count on from it
 * @param weightsHash SHA-256 (hex) of the weights after the step
 * @param schedule where the fork begins in the dataset
 */
public record ForkPoint(String run, long step, String weightsHash, ScheduleState schedule) {

    /** As a person writes it, {@code run@step}. */
    @Override
    public String toString() {
        return run + "@" + step;
    }
}
