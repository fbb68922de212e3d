package io.tramontane.pipeline.scheduling;

import java.io.Serializable;

/**
 * A group that was issued and has not ended. Flink state: fields may be added or removed, not retyped.
 *
 * @param groupId its identity
 * @param sequence its position in the order of issue, from 0
 * @param epoch passes over the data set before it
 * @param problem index of its problem in the data set
 * @param minimumVersion oldest weights that may sample it
 * @param issuedAt when it was last issued, milliseconds since the epoch; {@link #NEVER} when it still has to be
 * @param stage of the curriculum it belongs to, from 1; 0 is the first too
 */
public record InFlightGroup(
        String groupId, long sequence, int epoch, int problem, long minimumVersion, long issuedAt, int stage)
        implements Serializable {

    /** Due to be issued at any time. */
    static final long NEVER = Long.MIN_VALUE;

    InFlightGroup issuedAgain(long at) {
        return new InFlightGroup(groupId, sequence, epoch, problem, minimumVersion, at, stage);
    }
}
