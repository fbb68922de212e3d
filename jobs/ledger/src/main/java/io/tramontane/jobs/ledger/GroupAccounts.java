package io.tramontane.jobs.ledger;

import io.tramontane.schemas.Completion;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.GroupFate;
import io.tramontane.schemas.ScoredCompletion;
import io.tramontane.schemas.Step;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The groups of a run: which were recorded, with which samples and fate, and which step trained them. The topics
 * {@code steps} and {@code groups} are written exactly once, so what they say stands, and a contradiction between or
 * within them is a violation whatever failed in between.
 *
 * <p>Not thread-safe.
 */
final class GroupAccounts {

    /** No group is larger; what claims to be is unreadable. */
    static final int MAXIMUM_SAMPLES = 1 << 16;

    private final Violations violations;
    private final Map<String, GroupAccount> accounts = new HashMap<>();
    private long newestRecord;
    private long newestTrainedRecord;

    GroupAccounts(Violations violations) {
        this.violations = violations;
    }

    /** Takes the step's groups; call for all steps first. */
    void trained(Step step) {
        for (String id : step.getGroupIds()) {
            GroupAccount account = of(id);
            if (account.trained()) {
                violations.add(
                        ViolationKind.TRAINED_TWICE, id, "in step %d and in step %d", account.step(), step.getStep());
            } else {
                account.trainIn(step.getStep());
            }
        }
    }

    /**
     * Takes a record of the topic groups; call for all of them after the steps.
     *
     * @param at when it was written, milliseconds since the epoch
     */
    void recorded(Group group, long at) {
        String id = group.getGroupId();
        GroupAccount account = of(id);
        newestRecord = Math.max(newestRecord, at);
        if (account.recorded()) {
            violations.add(ViolationKind.GROUP_RECORDED_TWICE, id, "as %s and as %s", account.fate(), group.getFate());
            return;
        }
        account.record(group.getFate(), at);
        account.expect(Math.min(group.getGroupSize(), MAXIMUM_SAMPLES));
        takeSamples(group, account);
        if (account.trained()) {
            newestTrainedRecord = Math.max(newestTrainedRecord, at);
            if (group.getFate() != GroupFate.TRAINABLE) {
                violations.add(
                        ViolationKind.TRAINED_UNTRAINABLE,
                        id,
                        "%s, and yet trained in step %d",
                        group.getFate(),
                        account.step());
            }
        }
    }

    private void takeSamples(Group group, GroupAccount account) {
        String id = group.getGroupId();
        int distinct = 0;
        for (ScoredCompletion scored : group.getCompletions()) {
            Completion completion = scored.getCompletion();
            int sample = completion.getSampleIndex();
            if (!completion.getGroupId().equals(id)) {
                violations.add(
                        ViolationKind.IN_TWO_GROUPS, completion.getCompletionId(), "is in the record of group %s", id);
            } else if (sample < 0 || sample >= Math.min(group.getGroupSize(), MAXIMUM_SAMPLES)) {
                violations.add(
                        ViolationKind.GROUP_NOT_WHOLE, id, "sample %d of a group of %d", sample, group.getGroupSize());
            } else if (account.has(sample, GroupAccount.RECORDED)) {
                violations.add(ViolationKind.GROUP_NOT_WHOLE, id, "holds sample %d twice", sample);
            } else {
                account.mark(sample, GroupAccount.RECORDED);
                distinct++;
            }
        }
        boolean whole = group.getFate() == GroupFate.TRAINABLE || group.getFate() == GroupFate.ZERO_VARIANCE;
        if (whole && distinct != group.getGroupSize()) {
            violations.add(
                    ViolationKind.GROUP_NOT_WHOLE,
                    id,
                    "%s with %d of %d samples",
                    group.getFate(),
                    distinct,
                    group.getGroupSize());
        }
    }

    /** The group's account, opened if need be. */
    GroupAccount of(String groupId) {
        return accounts.computeIfAbsent(groupId, missing -> new GroupAccount());
    }

    /** When the newest group was recorded, milliseconds since the epoch; 0 without any. */
    long newestRecord() {
        return newestRecord;
    }

    /**
     * Whether training has passed a trainable group over: one recorded much later was trained. Batching takes groups in
     * the order in which they are recorded, except for those on their way at the same time.
     *
     * @param settling milliseconds that two groups may be apart and yet overtake each other
     */
    boolean passedOver(GroupAccount account, long settling) {
        return account.recordedAt() + settling < newestTrainedRecord;
    }

    void forEach(BiConsumer<String, GroupAccount> action) {
        accounts.forEach(action);
    }

    int size() {
        return accounts.size();
    }
}
