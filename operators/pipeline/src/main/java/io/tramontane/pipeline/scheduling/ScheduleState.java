package io.tramontane.pipeline.scheduling;

import io.tramontane.pipeline.curriculum.CurriculumState;
import java.io.Serializable;
import java.util.List;

/**
 * Where a schedule stands. Flink state: fields may be added or removed, not retyped.
 *
 * @param nextSequence sequence number of the next group
 * @param epoch passes over the data set before the next group
 * @param position how many problems of the epoch were issued
 * @param newestStep newest optimizer step known from outcomes
 * @param inFlight groups issued and not ended, in order of issue
 * @param curriculum the stage; null in the state of former releases, which is its beginning
 */
public record ScheduleState(
        long nextSequence,
        int epoch,
        int position,
        long newestStep,
        List<InFlightGroup> inFlight,
        CurriculumState curriculum)
        implements Serializable {

    public ScheduleState {
        curriculum = curriculum == null ? CurriculumState.INITIAL : curriculum;
    }

    /** A schedule that has issued nothing. */
    public static ScheduleState initial() {
        return new ScheduleState(0, 0, 0, 0, List.of(), CurriculumState.INITIAL);
    }
}
