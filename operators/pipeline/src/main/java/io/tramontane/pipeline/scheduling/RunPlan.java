package io.tramontane.pipeline.scheduling;

import io.tramontane.pipeline.curriculum.Curriculum;
import java.io.Serializable;

/**
 * What the schedule of a run depends on beside its settings.
 *
 * @param runId the run, part of every identity
 * @param seed decides the order of problems
 * @param curriculum how large batches are and how many groups are in flight, by stages
 * @param stepsPerPublication optimizer steps between two versions that generators get; synchronously their batches are
 *     generated at once
 * @param beginning where the run begins: for a fork, where the run it goes on from stood
 */
public record RunPlan(String runId, long seed, Curriculum curriculum, int stepsPerPublication, ScheduleState beginning)
        implements Serializable {

    /** The plan of a run that begins with the first problem and with version 0 of the weights. */
    public RunPlan(String runId, long seed, Curriculum curriculum) {
        this(runId, seed, curriculum, 1, ScheduleState.initial());
    }
}
