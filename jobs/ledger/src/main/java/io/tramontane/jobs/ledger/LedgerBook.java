package io.tramontane.jobs.ledger;

import io.tramontane.schemas.Completion;
import io.tramontane.schemas.DeadLetter;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.Outcome;
import io.tramontane.schemas.Step;
import io.tramontane.schemas.WeightsManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One pass over the records of a run, topic by topic: steps, manifests, groups, outcomes, dead letters, completions.
 * That order is from effect to cause, so that while a run goes on a cause is never missing for an effect that was read,
 * and it lets every completion be put into its state when it is read.
 *
 * <p>Memory: some 150 bytes a group and one byte a completion. Not thread-safe.
 */
final class LedgerBook {

    private final String runId;
    private final Expectations expectations;
    private final Violations violations = new Violations();
    private final TrainingLog log;
    private final GroupAccounts groups = new GroupAccounts(violations);
    private final OutcomeAudit outcomes;
    private final CompletionAccounts completions;
    private long newest;

    /**
     * @param completionsTopic name of the topic completions, as dead letters have it
     * @param readUpTo see {@link CompletionAccounts}
     */
    LedgerBook(String runId, String completionsTopic, Expectations expectations, Map<Integer, Long> readUpTo) {
        this.runId = runId;
        this.expectations = expectations;
        log = new TrainingLog(violations, expectations.beginning());
        outcomes = new OutcomeAudit(violations, log, groups);
        completions = new CompletionAccounts(completionsTopic, violations, groups, expectations, readUpTo);
    }

    void step(Step step) {
        newest = Math.max(newest, step.getFinishedAt());
        if (log.step(step)) {
            groups.trained(step);
        }
    }

    void manifest(WeightsManifest manifest) {
        log.manifest(manifest);
    }

    /** @param at when the record was written, milliseconds since the epoch */
    void group(Group group, long at) {
        groups.recorded(group, at);
    }

    void outcome(Outcome outcome) {
        outcomes.outcome(outcome);
    }

    void deadLetter(DeadLetter letter) {
        completions.deadLetter(letter);
    }

    /** Call between the last record of another topic and the first completion. */
    void beginCompletions() {
        outcomes.close(expectations.closed());
        completions.horizon(Math.max(newest, Math.max(groups.newestRecord(), outcomes.newest())));
    }

    /** @param at when the record was written, milliseconds since the epoch */
    void completion(int partition, long offset, long at, Completion completion) {
        completions.delivered(partition, offset, at, completion);
    }

    void unreadableCompletion(int partition, long offset, String cause) {
        completions.unreadable(partition, offset, cause);
    }

    /** @param seconds that it took to read all */
    LedgerReport close(double seconds) {
        completions.close();
        Map<CompletionState, LengthDistribution> states = completions.lengths();
        List<LengthComparison> comparisons = new ArrayList<>();
        LengthComparison.ofTrained(states).ifPresent(comparisons::add);
        for (CompletionState state : CompletionState.values()) {
            LengthComparison.ofDropped(state, states).ifPresent(comparisons::add);
        }
        var training = new LedgerReport.Training(
                log.last() - expectations.beginning(), log.incarnations(), log.comparedVersions(), outcomes.undone());
        var deliveries = new LedgerReport.Deliveries(
                completions.deliveries(),
                completions.duplicates(),
                completions.unreadableDeliveries(),
                completions.pendingUnreadableDeliveries(),
                completions.deadLettersElsewhere());
        return new LedgerReport(
                runId,
                expectations.closed(),
                training,
                groups.size(),
                deliveries,
                completions.oldestOpen(),
                states,
                comparisons,
                new LedgerReport.Found(violations.kept(), violations.counts()),
                seconds);
    }
}
