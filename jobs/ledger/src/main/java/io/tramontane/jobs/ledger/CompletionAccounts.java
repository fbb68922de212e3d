package io.tramontane.jobs.ledger;

import io.tramontane.schemas.Completion;
import io.tramontane.schemas.DeadLetter;
import io.tramontane.schemas.Identity;
import io.tramontane.schemas.PackedNumbers;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Puts every delivery on the topic completions into exactly one state, as soon as it is read: everything else must have
 * been read before. Only counts and length distributions are kept of them.
 *
 * <p>Not thread-safe.
 */
final class CompletionAccounts {

    private final String topic;
    private final Violations violations;
    private final GroupAccounts groups;
    private final Expectations expectations;
    private final Map<Integer, Long> readUpTo;

    private final Map<Integer, Set<Long>> deadLetters = new HashMap<>();
    private final Map<CompletionState, LengthDistribution> lengths = new EnumMap<>(CompletionState.class);
    private long horizon;
    private long deliveries;
    private long duplicates;
    private long unreadable;
    private long pendingUnreadable;
    private long otherDeadLetters;
    private long oldestOpen = Long.MAX_VALUE;

    /**
     * @param topic name of the topic completions
     * @param readUpTo the offset before which the job has read each partition, as of its last checkpoint; a partition
     *     that is missing counts as read to its end
     */
    CompletionAccounts(
            String topic,
            Violations violations,
            GroupAccounts groups,
            Expectations expectations,
            Map<Integer, Long> readUpTo) {
        this.topic = topic;
        this.violations = violations;
        this.groups = groups;
        this.expectations = expectations;
        this.readUpTo = Map.copyOf(readUpTo);
        for (CompletionState state : CompletionState.values()) {
            lengths.put(state, new LengthDistribution());
        }
    }

    /** Call for all dead letters before the completions. */
    void deadLetter(DeadLetter letter) {
        if (!letter.getTopic().equals(topic)) {
            otherDeadLetters++;
        } else if (!deadLetters
                .computeIfAbsent(letter.getPartition(), missing -> new HashSet<>())
                .add(letter.getOffset())) {
            violations.add(
                    ViolationKind.DEAD_LETTER_REPEATED, place(letter.getPartition(), letter.getOffset()), "twice");
        }
    }

    /** @param newest when the job last wrote a group, step or outcome, milliseconds since the epoch */
    void horizon(long newest) {
        horizon = newest;
    }

    /** One record of the topic that could not be decoded. */
    void unreadable(int partition, long offset, String cause) {
        deliveries++;
        if (isDeadLetter(partition, offset)) {
            unreadable++;
        } else if (isRead(partition, offset)) {
            unreadable++;
            violations.add(ViolationKind.DEAD_LETTER_MISSING, place(partition, offset), "%s", cause);
        } else {
            pendingUnreadable++;
        }
    }

    /** @param at when the record was written, milliseconds since the epoch */
    void delivered(int partition, long offset, long at, Completion completion) {
        int sample = completion.getSampleIndex();
        if (isDeadLetter(partition, offset)) {
            deliveries++;
            unreadable++;
            return;
        }
        if (!identified(completion)) {
            unreadable(
                    partition, offset, "completion id " + completion.getCompletionId() + " is not that of its sample");
            return;
        }
        deliveries++;
        GroupAccount group = groups.of(completion.getGroupId());
        if (group.has(sample, GroupAccount.DELIVERED)) {
            duplicates++;
            group.mark(sample, GroupAccount.DELIVERED_AGAIN);
            return;
        }
        group.expect(completion.getGroupSize());
        group.mark(sample, GroupAccount.DELIVERED);
        CompletionState state = state(group, sample, isRead(partition, offset), at);
        lengths.get(state).add(PackedNumbers.count(completion.getCompletionTokens()));
        if (state.open()) {
            oldestOpen = Math.min(oldestOpen, at);
        }
        if (state == CompletionState.LOST) {
            lost(completion, group, partition, offset);
        }
    }

    private static boolean identified(Completion completion) {
        int size = completion.getGroupSize();
        int sample = completion.getSampleIndex();
        return size > 0
                && size <= GroupAccounts.MAXIMUM_SAMPLES
                && sample >= 0
                && sample < size
                && completion.getCompletionTokens().remaining() % Integer.BYTES == 0
                && Identity.completionId(completion.getGroupId(), sample).equals(completion.getCompletionId());
    }

    private CompletionState state(GroupAccount group, int sample, boolean read, long at) {
        if (group.has(sample, GroupAccount.RECORDED)) {
            return stateOfRecorded(group);
        }
        // Of several drops of one completion all but one were undone; which one makes no difference to the sums.
        if (group.has(sample, GroupAccount.DROPPED_MALFORMED)) {
            return CompletionState.MALFORMED;
        }
        if (group.has(sample, GroupAccount.DROPPED_STALE)) {
            return CompletionState.STALE;
        }
        if (group.has(sample, GroupAccount.DROPPED_INCOMPLETE)) {
            return CompletionState.INCOMPLETE;
        }
        if (!read) {
            return CompletionState.UNREAD;
        }
        if (!group.recorded()) {
            return CompletionState.GATHERING;
        }
        return at + expectations.settling().toMillis() < horizon ? CompletionState.LOST : CompletionState.LATE;
    }

    private CompletionState stateOfRecorded(GroupAccount group) {
        if (group.trained()) {
            return CompletionState.TRAINED;
        }
        return switch (group.fate()) {
            case ZERO_VARIANCE -> CompletionState.ZERO_VARIANCE;
            case STALE -> CompletionState.STALE;
            case INCOMPLETE -> CompletionState.INCOMPLETE;
            case TRAINABLE -> waiting(group);
        };
    }

    private CompletionState waiting(GroupAccount group) {
        if (group.droppedStale()) {
            return CompletionState.STALE;
        }
        return groups.passedOver(group, expectations.settling().toMillis())
                ? CompletionState.LOST
                : CompletionState.WAITING;
    }

    private void lost(Completion completion, GroupAccount group, int partition, long offset) {
        if (group.has(completion.getSampleIndex(), GroupAccount.RECORDED)) {
            violations.add(
                    ViolationKind.PASSED_OVER, completion.getCompletionId(), "its group is trainable and has no step");
        } else {
            violations.add(
                    ViolationKind.IN_NO_STATE,
                    completion.getCompletionId(),
                    "%s was read; its group ended as %s without it",
                    place(partition, offset),
                    group.fate());
        }
    }

    /** Holds the groups' records against what was delivered; call after the last completion. */
    void close() {
        groups.forEach((id, group) -> {
            for (int sample = 0; sample < group.samples(); sample++) {
                if (group.has(sample, GroupAccount.RECORDED) && !group.has(sample, GroupAccount.DELIVERED)) {
                    violations.add(
                            ViolationKind.NEVER_DELIVERED,
                            Identity.completionId(id, sample),
                            "recorded as %s",
                            group.fate());
                }
                if (group.has(sample, GroupAccount.DROPPED_DUPLICATE)
                        && !group.has(sample, GroupAccount.DELIVERED_AGAIN)) {
                    violations.add(
                            ViolationKind.FIRST_DELIVERY_DUPLICATE,
                            Identity.completionId(id, sample),
                            "the topic holds it once at most");
                }
            }
            if (group.trained() && !group.recorded()) {
                violations.add(ViolationKind.TRAINED_WITHOUT_RECORD, id, "trained in step %d", group.step());
            }
        });
    }

    private boolean isRead(int partition, long offset) {
        return offset < readUpTo.getOrDefault(partition, Long.MAX_VALUE);
    }

    private boolean isDeadLetter(int partition, long offset) {
        return deadLetters.getOrDefault(partition, Set.of()).contains(offset);
    }

    private String place(int partition, long offset) {
        return topic + "-" + partition + "@" + offset;
    }

    Map<CompletionState, LengthDistribution> lengths() {
        return lengths;
    }

    long deliveries() {
        return deliveries;
    }

    long duplicates() {
        return duplicates;
    }

    /** Deliveries that could not be read and have a dead letter, or should. */
    long unreadableDeliveries() {
        return unreadable;
    }

    /** Deliveries that cannot be read and that the job has not come to yet. */
    long pendingUnreadableDeliveries() {
        return pendingUnreadable;
    }

    /** Dead letters of other topics. */
    long deadLettersElsewhere() {
        return otherDeadLetters;
    }

    /** When the oldest open completion was written, milliseconds since the epoch. */
    OptionalLong oldestOpen() {
        return oldestOpen == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(oldestOpen);
    }
}
