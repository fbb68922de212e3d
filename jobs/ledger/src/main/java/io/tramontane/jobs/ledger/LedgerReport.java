package io.tramontane.jobs.ledger;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a ledger found.
 *
 * @param closed whether the run was taken for one stopped in order
 * @param steps committed
 * @param incarnations how often the trainer was started
 * @param comparedVersions announced versions of the weights that were held against their step
 * @param groups that are known
 * @param deliveries records on the topic completions: the completions in {@code states} together with duplicates and
 *     unreadable ones
 * @param duplicates further deliveries of a completion
 * @param unreadable deliveries that could not be read, accounted for by dead letters
 * @param pendingUnreadable deliveries that cannot be read and that the job has not come to yet
 * @param deadLettersElsewhere dead letters of other topics
 * @param undoneOutcomes outcomes that a restart has undone
 * @param oldestOpen when the oldest open completion was written, milliseconds since the epoch
 * @param states how many completions are in each state, and how long they are
 * @param comparisons of lengths
 * @param violations the first of each kind
 * @param violationCounts all of each kind
 * @param seconds that reading took
 */
public record LedgerReport(
        String runId,
        boolean closed,
        long steps,
        long incarnations,
        long comparedVersions,
        long groups,
        long deliveries,
        long duplicates,
        long unreadable,
        long pendingUnreadable,
        long deadLettersElsewhere,
        long undoneOutcomes,
        OptionalLong oldestOpen,
        Map<CompletionState, LengthDistribution> states,
        List<LengthComparison> comparisons,
        List<Violation> violations,
        Map<ViolationKind, Long> violationCounts,
        double seconds) {

    /** Whether every completion is accounted for and every step follows. */
    public boolean clean() {
        return violationCounts.isEmpty();
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
