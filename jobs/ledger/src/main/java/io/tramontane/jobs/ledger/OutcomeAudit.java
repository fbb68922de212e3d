package io.tramontane.jobs.ledger;

import io.tramontane.pipeline.Outcomes;
import io.tramontane.schemas.DropReason;
import io.tramontane.schemas.GroupFate;
import io.tramontane.schemas.Outcome;
import io.tramontane.schemas.OutcomeKind;

/**
 * Holds the outcomes against the steps and groups.
 *
 * <p>Outcomes are written at once and at least once, so after a failure their topic still holds what the restart has
 * undone: TRAINED in a step that was then filled with other groups, STALE of a group that the second time came into an
 * earlier batch, INCOMPLETE of a group whose deadline began again, the late completion of such a group. All of these
 * are older than the first sign of the new incarnation and older than the record that contradicts them, for that record
 * was written after the restart; had it been committed before, the restored state would hold it and could not
 * contradict it. Such outcomes are counted as undone and mean nothing. A contradiction that is younger, or in a run
 * that never restarted, is real.
 *
 * <p>Repeated outcomes that agree mean nothing either: at least once is what the topic promises. An outcome of a single
 * completion as DUPLICATE is of a second delivery and so goes along with any state of the first.
 *
 * <p>Not thread-safe.
 */
final class OutcomeAudit {

    private final Violations violations;
    private final TrainingLog log;
    private final GroupAccounts groups;
    private long undone;
    private long newest;

    OutcomeAudit(Violations violations, TrainingLog log, GroupAccounts groups) {
        this.violations = violations;
        this.log = log;
        this.groups = groups;
    }

    /** Call for all outcomes, after steps and groups. */
    void outcome(Outcome outcome) {
        newest = Math.max(newest, outcome.getAt());
        if (!legal(outcome)) {
            violations.add(ViolationKind.OUTCOME_ILLEGAL, subject(outcome), "%s", OutcomeAudit.describe(outcome));
            return;
        }
        GroupAccount account = groups.of(outcome.getGroupId());
        if (outcome.getCompletionId() != null) {
            ofCompletion(outcome, account);
        } else if (outcome.getKind() == OutcomeKind.TRAINED) {
            trained(outcome, account);
        } else {
            dropped(outcome, account);
        }
    }

    private static boolean legal(Outcome outcome) {
        boolean single = outcome.getCompletionId() != null;
        if (outcome.getKind() == OutcomeKind.TRAINED) {
            return !single && outcome.getStep() != null;
        }
        DropReason reason = outcome.getDropReason();
        if (reason == null) {
            return false;
        }
        return switch (reason) {
            case DUPLICATE, MALFORMED -> single;
            case ZERO_VARIANCE -> !single;
            case STALE, INCOMPLETE -> true;
        };
    }

    private void ofCompletion(Outcome outcome, GroupAccount account) {
        int sample = sampleOf(outcome);
        if (sample < 0) {
            violations.add(ViolationKind.OUTCOME_ILLEGAL, subject(outcome), "its id is not that of a sample");
            return;
        }
        boolean contradicts =
                outcome.getDropReason() != DropReason.DUPLICATE && account.has(sample, GroupAccount.RECORDED);
        if (contradicts) {
            contradiction(outcome, account.recordedAt(), "its group's record holds it");
            return;
        }
        byte flag = flag(outcome.getDropReason());
        if (flag != GroupAccount.DROPPED_DUPLICATE
                && account.has(sample, (byte) (GroupAccount.DROPPED_ONCE & ~flag))
                && log.incarnations() <= 1) {
            violations.add(
                    ViolationKind.IN_TWO_STATES, subject(outcome), "%s, and for another reason", describe(outcome));
        }
        account.mark(sample, flag);
    }

    private static byte flag(DropReason reason) {
        return switch (reason) {
            case DUPLICATE -> GroupAccount.DROPPED_DUPLICATE;
            case STALE -> GroupAccount.DROPPED_STALE;
            case INCOMPLETE -> GroupAccount.DROPPED_INCOMPLETE;
            case MALFORMED -> GroupAccount.DROPPED_MALFORMED;
            case ZERO_VARIANCE -> throw new IllegalStateException("not an outcome of a single completion");
        };
    }

    private static int sampleOf(Outcome outcome) {
        String prefix = outcome.getGroupId() + "/";
        String id = outcome.getCompletionId();
        if (!id.startsWith(prefix)) {
            return -1;
        }
        try {
            int sample = Integer.parseInt(id.substring(prefix.length()));
            return sample < GroupAccounts.MAXIMUM_SAMPLES ? sample : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private void trained(Outcome outcome, GroupAccount account) {
        long step = outcome.getStep();
        if (account.trained() && account.step() != step) {
            contradiction(outcome, log.finishedAt(account.step()), "the topic steps has it in step " + account.step());
        } else if (!account.trained() && log.has(step)) {
            contradiction(outcome, log.finishedAt(step), "step " + step + " does not hold it");
        } else if (account.recorded() && account.fate() != GroupFate.TRAINABLE) {
            contradiction(outcome, account.recordedAt(), "the topic groups has it as " + account.fate());
        } else {
            // Of the step that holds it, or of one that is not committed yet.
            account.end(false);
        }
    }

    private void dropped(Outcome outcome, GroupAccount account) {
        if (account.trained()) {
            contradiction(outcome, log.finishedAt(account.step()), "it was trained in step " + account.step());
        } else if (!account.recorded()) {
            account.end(false);
        } else if (account.fate() == GroupFate.TRAINABLE) {
            if (outcome.getDropReason() == DropReason.STALE) {
                account.end(true);
            } else {
                contradiction(outcome, account.recordedAt(), "the topic groups has it as trainable");
            }
        } else if (Outcomes.reasonOf(account.fate()) == outcome.getDropReason()) {
            account.end(false);
        } else {
            contradiction(outcome, account.recordedAt(), "the topic groups has it as " + account.fate());
        }
    }

    private void contradiction(Outcome outcome, long recordedAt, String fact) {
        if (log.mayBeUndone(outcome.getAt()) && outcome.getAt() <= recordedAt) {
            undone++;
        } else {
            violations.add(ViolationKind.IN_TWO_STATES, subject(outcome), "%s, but %s", describe(outcome), fact);
        }
    }

    private static String subject(Outcome outcome) {
        return outcome.getCompletionId() == null ? outcome.getGroupId() : outcome.getCompletionId();
    }

    private static String describe(Outcome outcome) {
        return outcome.getKind() == OutcomeKind.TRAINED
                ? "outcome trained in step " + outcome.getStep()
                : "outcome dropped as " + outcome.getDropReason();
    }

    /** Looks for ends without outcomes and outcomes without ends; call after the last outcome. */
    void close(boolean runClosed) {
        groups.forEach((id, account) -> {
            boolean over = account.trained() || account.recorded() && account.fate() != GroupFate.TRAINABLE;
            if (over && !account.ended()) {
                violations.add(
                        ViolationKind.OUTCOME_MISSING,
                        id,
                        "%s",
                        account.trained() ? "trained in step " + account.step() : "recorded as " + account.fate());
            }
            // With a restart it may be one of those undone: the group is then open again.
            if (runClosed && account.ended() && !account.recorded() && log.incarnations() <= 1) {
                violations.add(ViolationKind.OUTCOME_WITHOUT_RECORD, id, "has only an outcome");
            }
        });
    }

    /** Outcomes that a restart has undone. */
    long undone() {
        return undone;
    }

    /** When the newest outcome was written, milliseconds since the epoch; 0 without any. */
    long newest() {
        return newest;
    }
}
