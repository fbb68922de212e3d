package io.tramontane.jobs.ledger;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a ledger found.
 *
 * @param closed whether the run was taken for one stopped in order
 * @param training what the trainer's records say
 * @param groups that are known
 * @param deliveries what the topic of completions holds
 * @param oldestOpen when the oldest open completion was written, milliseconds since the epoch
 * @param states how many completions are in each state, and how long they are
 * @param comparisons of lengths
 * @param violations what must not be
 * @param seconds that reading took
 */
public record LedgerReport(
        String runId,
        boolean closed,
        Training training,
        long groups,
        Deliveries deliveries,
        OptionalLong oldestOpen,
        Map<CompletionState, LengthDistribution> states,
        List<LengthComparison> comparisons,
        Found violations,
        double seconds) {

    /**
     * What the trainer did in all its incarnations.
     *
     * @param steps committed
     * @param incarnations how often the trainer was started
     * @param comparedVersions announced versions of the weights that were held against their step
     * @param undoneOutcomes outcomes that a restart has undone
     */
    public record Training(long steps, long incarnations, long comparedVersions, long undoneOutcomes) {}

    /**
     * The records on the topic of completions, and the dead letters.
     *
     * @param all the completions in the report's states together with duplicates and unreadable ones
     * @param duplicates further deliveries of a completion
     * @param unreadable deliveries that could not be read, accounted for by dead letters
     * @param pendingUnreadable deliveries that cannot be read and that the job has not come to yet
     * @param deadLettersElsewhere dead letters of other topics
     */
    public record Deliveries(
            long all, long duplicates, long unreadable, long pendingUnreadable, long deadLettersElsewhere) {}

    /**
     * Violations.
     *
     * @param first of each kind
     * @param counts all of each kind
     */
    public record Found(List<Violation> first, Map<ViolationKind, Long> counts) {}

    /** The same report with these violations in place of its own. */
    LedgerReport withViolations(Found other) {
        return new LedgerReport(
                runId, closed, training, groups, deliveries, oldestOpen, states, comparisons, other, seconds);
    }

    /** Whether every completion is accounted for and every step follows. */
    public boolean clean() {
        return violations.counts().isEmpty();
    }

    /** Completions in a state. */
    public long count(CompletionState state) {
        return states.get(state).total();
    }

    /** Distinct completions. */
    public long completions() {
        return states.values().stream().mapToLong(LengthDistribution::total).sum();
    }

    /** Completions whose end is still to come. */
    public long open() {
        return states.entrySet().stream()
                .filter(entry -> entry.getKey().open())
                .mapToLong(entry -> entry.getValue().total())
                .sum();
    }
}
