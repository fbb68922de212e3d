package io.tramontane.pipeline.scheduling;

import java.io.Serializable;

/**
 * What the schedule of a run depends on beside its settings.
 *
 * @param runId the run, part of every identity
 * @param seed decides the order of problems
 * @param groupsPerBatch groups the trainer needs for one step
 */
public record RunPlan(String runId, long seed, int groupsPerBatch) implements Serializable {}
