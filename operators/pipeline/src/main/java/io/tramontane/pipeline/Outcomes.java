package io.tramontane.pipeline;

import io.tramontane.schemas.Completion;
import io.tramontane.schemas.DropReason;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.GroupFate;
import io.tramontane.schemas.Outcome;
import io.tramontane.schemas.OutcomeKind;

/**
 * The outcome records of the pipeline. An outcome with a completion id accounts for that completion only; one without
 * ends its group, frees its credit and accounts for the completions in the group's record. A group ends exactly once.
 */
public final class Outcomes {

    private Outcomes() {}

    /** One completion that is not part of its group's record. */
    public static Outcome dropped(Completion completion, DropReason reason, long at) {
        return new Outcome(
                completion.getRunId(),
                completion.getGroupId(),
                completion.getCompletionId(),
                OutcomeKind.DROPPED,
                reason,
                null,
                1,
                at);
    }

    /** The end of a group that is not trained on. */
    public static Outcome dropped(Group group, DropReason reason, long at) {
        return new Outcome(
                group.getRunId(),
                group.getGroupId(),
                null,
                OutcomeKind.DROPPED,
                reason,
                null,
                group.getCompletions().size(),
                at);
    }

    /** The end of a group that was trained on in {@code step}. */
    public static Outcome trained(String runId, String groupId, int completions, long step, long at) {
        return new Outcome(runId, groupId, null, OutcomeKind.TRAINED, null, step, completions, at);
    }

    /**
     * The reason for which a group of that fate is dropped.
     *
     * @throws IllegalArgumentException for a trainable group, which is not dropped
     */
    public static DropReason reasonOf(GroupFate fate) {
        return switch (fate) {
            case STALE -> DropReason.STALE;
            case ZERO_VARIANCE -> DropReason.ZERO_VARIANCE;
            case INCOMPLETE -> DropReason.INCOMPLETE;
            case TRAINABLE -> throw new IllegalArgumentException("a trainable group is not dropped");
        };
    }
}
