package io.tramontane.pipeline.batching;

import io.tramontane.schemas.Group;
import java.util.List;

/**
 * A trainable group that waits for its batch. Flink state: fields may be added or removed, not retyped.
 *
 * @param groupId its identity
 * @param rewardStd population standard deviation of its rewards
 * @param sequences its completions by sample index
 */
public record BatchGroup(String groupId, double rewardStd, List<BatchSequence> sequences) {

    static BatchGroup of(Group group) {
        return new BatchGroup(
                group.getGroupId(),
                group.getRewardStd(),
                group.getCompletions().stream().map(BatchSequence::of).toList());
    }
}
