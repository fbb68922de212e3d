package io.tramontane.jobs.ledger;

import static io.tramontane.jobs.ledger.LedgerRun.completion;
import static io.tramontane.jobs.ledger.LedgerRun.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.schemas.Completion;
import io.tramontane.schemas.DropReason;
import io.tramontane.schemas.GroupFate;
import io.tramontane.schemas.Outcome;
import io.tramontane.schemas.OutcomeKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerBookTest {

    /** One trained group, delivered whole; everything agrees. */
    private static LedgerRun trainedRun() {
        return new LedgerRun()
                .deliver("a", 1, 0, 1, 2)
                .group("a", GroupFate.TRAINABLE, 2, 0, 1, 2)
                .step(1, 1, 3, "a")
                .manifest(1, 1, 3, "hash1")
                .trained("a", 1, 3);
    }

    private static void assertOnly(LedgerReport report, ViolationKind kind, String subject) {
        assertThat(report.violations().first())
                .extracting(Violation::kind, Violation::subject)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(kind, subject));
        assertThat(report.violations().counts()).containsOnlyKeys(kind);
        assertThat(report.clean()).isFalse();
    }

    @Test
    void theStepsOfAForkCountOnFromItsParents() {
        LedgerRun fork = new LedgerRun()
                .manifest(1, 12, 1, "hash12")
                .deliver("a", 1, 0, 1, 2)
                .group("a", GroupFate.TRAINABLE, 2, 0, 1, 2)
                .step(13, 1, 3, "a")
                .trained("a", 13, 3);

        assertThat(fork.forkClosed(12).violations().first()).isEmpty();
        assertThat(fork.forkClosed(12).training().steps()).isEqualTo(1);
        assertOnly(fork.closed(), ViolationKind.STEP_OUT_OF_SEQUENCE, "step 13");
        assertOnly(fork.manifest(2, 12, 4, "other").forkClosed(12), ViolationKind.WEIGHTS_DIFFER, "weights 2/12");
    }

    @Test
    void everyLegalEndIsCountedOnceAndCleanly() {
        LedgerReport report = trainedRun()
                .deliver("a", 4, 1)
                .dropped("a", 1, DropReason.DUPLICATE, 5)
                .deliver("equal", 1, 0, 1, 2)
                .group("equal", GroupFate.ZERO_VARIANCE, 2, 0, 1, 2)
                .dropped("equal", DropReason.ZERO_VARIANCE, 2)
                .deliver("old", 1, 0, 1)
                .group("old", GroupFate.STALE, 2, 0)
                .dropped("old", DropReason.STALE, 2)
                .dropped("old", 1, DropReason.STALE, 3)
                .deliver("slow", 1, 0, 1)
                .group("slow", GroupFate.INCOMPLETE, 2, 0)
                .dropped("slow", DropReason.INCOMPLETE, 2)
                .dropped("slow", 1, DropReason.INCOMPLETE, 3)
                .deliver("overtaken", 1, 0, 1, 2)
                .group("overtaken", GroupFate.TRAINABLE, 2, 0, 1, 2)
                .dropped("overtaken", DropReason.STALE, 3)
                .deliver("misfit", 1, 0)
                .dropped("misfit", 0, DropReason.MALFORMED, 2)
                .deliver("waiting", 1, 0, 1, 2)
                .group("waiting", GroupFate.TRAINABLE, 2, 0, 1, 2)
                .deliver("unfinished", 7, 0)
                .deliverUnreadable(1)
                .deadLetter(19)
                .closed();

        assertThat(report.violations().first()).isEmpty();
        assertThat(report.count(CompletionState.TRAINED)).isEqualTo(3);
        assertThat(report.count(CompletionState.ZERO_VARIANCE)).isEqualTo(3);
        assertThat(report.count(CompletionState.STALE)).isEqualTo(2 + 3);
        assertThat(report.count(CompletionState.INCOMPLETE)).isEqualTo(2);
        assertThat(report.count(CompletionState.MALFORMED)).isEqualTo(1);
        assertThat(report.count(CompletionState.WAITING)).isEqualTo(3);
        assertThat(report.count(CompletionState.GATHERING)).isEqualTo(1);
        assertThat(report.open()).isEqualTo(4);
        assertThat(report.oldestOpen()).hasValue(1000);
        assertThat(report.deliveries().duplicates()).isEqualTo(1);
        assertThat(report.deliveries().unreadable()).isEqualTo(1);
        assertThat(report.deliveries().all())
                .isEqualTo(report.completions()
                        + report.deliveries().duplicates()
                        + report.deliveries().unreadable())
                .isEqualTo(20);
    }

    @Test
    void stepsFollowOneAnother() {
        assertOnly(trainedRun().step(3, 1, 4).running(), ViolationKind.STEP_OUT_OF_SEQUENCE, "step 3");
        assertOnly(trainedRun().step(1, 1, 4).running(), ViolationKind.STEP_OUT_OF_SEQUENCE, "step 1");
    }

    @Test
    void incarnationsDoNotGoBack() {
        LedgerRun run = trainedRun().step(2, 3, 4).step(3, 2, 5);
        assertOnly(run.running(), ViolationKind.INCARNATION_REVERTED, "step 3");
    }

    @Test
    void announcedWeightsAreThoseOfTheStep() {
        assertOnly(trainedRun().manifest(1, 1, 4, "other").running(), ViolationKind.WEIGHTS_DIFFER, "weights 1/1");
        // A later incarnation can only have started with them.
        assertOnly(trainedRun().manifest(2, 1, 4, "other").running(), ViolationKind.WEIGHTS_DIFFER, "weights 2/1");
        assertOnly(
                trainedRun()
                        .manifest(1, 0, 0, "base")
                        .manifest(2, 0, 1, "other")
                        .running(),
                ViolationKind.WEIGHTS_DIFFER,
                "weights 2/0");
    }

    @Test
    void weightsThatARestartHasUndoneMayDiffer() {
        LedgerReport report = trainedRun()
                .step(2, 2, 9)
                .manifest(1, 2, 4, "undone")
                .manifest(2, 2, 9, "hash2")
                .manifest(2, 3, 9, "not committed yet")
                .running();
        assertThat(report.violations().first()).isEmpty();
        assertThat(report.training().comparedVersions()).isEqualTo(2);
    }

    @Test
    void aGroupIsTrainedOnce() {
        assertOnly(trainedRun().step(2, 1, 4, "a").running(), ViolationKind.TRAINED_TWICE, id("a"));
    }

    @Test
    void aTrainedGroupIsRecorded() {
        LedgerRun run = trainedRun().step(2, 1, 4, "b").trained("b", 2, 4);
        assertOnly(run.running(), ViolationKind.TRAINED_WITHOUT_RECORD, id("b"));
    }

    @Test
    void onlyTrainableGroupsAreTrained() {
        LedgerRun run = trainedRun()
                .step(2, 1, 4, "b")
                .deliver("b", 1, 0, 1, 2)
                .group("b", GroupFate.ZERO_VARIANCE, 2, 0, 1, 2)
                .dropped("b", DropReason.ZERO_VARIANCE, 2);
        assertThat(run.running().violations().counts())
                .containsOnlyKeys(
                        ViolationKind.TRAINED_UNTRAINABLE, ViolationKind.IN_TWO_STATES, ViolationKind.OUTCOME_MISSING);
    }

    @Test
    void aGroupIsRecordedOnceAndWhole() {
        assertOnly(
                trainedRun().group("a", GroupFate.TRAINABLE, 4, 0, 1, 2).running(),
                ViolationKind.GROUP_RECORDED_TWICE,
                id("a"));
        assertOnly(
                trainedRun()
                        .deliver("b", 1, 0)
                        .group("b", GroupFate.TRAINABLE, 2, 0)
                        .running(),
                ViolationKind.GROUP_NOT_WHOLE,
                id("b"));
        assertOnly(
                trainedRun()
                        .deliver("b", 1, 0, 1, 2)
                        .group("b", GroupFate.TRAINABLE, 2, 0, 1, 2, 2)
                        .running(),
                ViolationKind.GROUP_NOT_WHOLE,
                id("b"));
    }

    @Test
    void aCompletionIsInItsOwnGroupOnly() {
        LedgerRun run = trainedRun()
                .deliver("b", 1, 0)
                .group("b", GroupFate.INCOMPLETE, 2, List.of(completion("b", 0, 5), completion("a", 1, 5)))
                .dropped("b", DropReason.INCOMPLETE, 2);
        assertOnly(run.running(), ViolationKind.IN_TWO_GROUPS, id("a", 1));
    }

    @Test
    void whatIsRecordedWasDelivered() {
        LedgerRun run = trainedRun().deliver("b", 1, 0, 1).group("b", GroupFate.TRAINABLE, 2, 0, 1, 2);
        assertOnly(run.running(), ViolationKind.NEVER_DELIVERED, id("b", 2));
    }

    @Test
    void aContradictionWithoutARestartIsReal() {
        assertOnly(trainedRun().dropped("a", DropReason.STALE, 2).running(), ViolationKind.IN_TWO_STATES, id("a"));
        assertOnly(trainedRun().step(2, 1, 4).trained("a", 2, 2).running(), ViolationKind.IN_TWO_STATES, id("a"));
        assertOnly(
                trainedRun().dropped("a", 1, DropReason.STALE, 1).running(), ViolationKind.IN_TWO_STATES, id("a", 1));
        assertOnly(
                trainedRun()
                        .deliver("b", 1, 0)
                        .dropped("b", 0, DropReason.STALE, 1)
                        .dropped("b", 0, DropReason.INCOMPLETE, 1)
                        .running(),
                ViolationKind.IN_TWO_STATES,
                id("b", 0));
        assertOnly(
                trainedRun()
                        .deliver("b", 1, 0, 1, 2)
                        .group("b", GroupFate.ZERO_VARIANCE, 2, 0, 1, 2)
                        .dropped("b", DropReason.ZERO_VARIANCE, 2)
                        .dropped("b", DropReason.INCOMPLETE, 2)
                        .running(),
                ViolationKind.IN_TWO_STATES,
                id("b"));
    }

    /** Incarnation 1 lives until second 4, incarnation 2 shows first at second 5 and does it all differently. */
    @Test
    void outcomesThatARestartHasUndoneMeanNothing() {
        LedgerReport report = new LedgerRun()
                .deliver("a", 1, 0, 1, 2)
                .deliver("b", 1, 0, 1, 2)
                .trained("b", 1, 3)
                .dropped("a", DropReason.INCOMPLETE, 2)
                .dropped("a", 2, DropReason.INCOMPLETE, 3)
                .dropped("b", DropReason.STALE, 3)
                .manifest(2, 0, 5, "base")
                .group("a", GroupFate.TRAINABLE, 6, 0, 1, 2)
                .group("b", GroupFate.TRAINABLE, 6, 0, 1, 2)
                .step(1, 2, 7, "a")
                .step(2, 2, 8, "b")
                .trained("a", 1, 7)
                .trained("b", 2, 8)
                .closed();
        assertThat(report.violations().first()).isEmpty();
        assertThat(report.training().undoneOutcomes()).isEqualTo(4);
        assertThat(report.count(CompletionState.TRAINED)).isEqualTo(6);
    }

    @Test
    void anOutcomeYoungerThanTheRestartIsNotUndone() {
        LedgerRun run = new LedgerRun()
                .deliver("a", 1, 0, 1, 2)
                .manifest(2, 0, 5, "base")
                .group("a", GroupFate.TRAINABLE, 6, 0, 1, 2)
                .step(1, 2, 9, "a")
                .trained("a", 1, 9)
                .dropped("a", DropReason.STALE, 8);
        assertOnly(run.running(), ViolationKind.IN_TWO_STATES, id("a"));
    }

    /** Group b ended without sample 2, which the job had read long before. */
    @Test
    void aCompletionThatWasReadAndIsNowhereIsLost() {
        LedgerRun run = trainedRun()
                .deliver("b", 1, 0, 1, 2)
                .group("b", GroupFate.INCOMPLETE, 20, 0, 1)
                .dropped("b", DropReason.INCOMPLETE, 20);
        LedgerReport report = run.running();
        assertOnly(report, ViolationKind.IN_NO_STATE, id("b", 2));
        assertThat(report.count(CompletionState.LOST)).isEqualTo(1);
    }

    @Test
    void aLateCompletionMayStillBeOnItsWay() {
        LedgerRun late = trainedRun()
                .deliver("b", 1, 0, 1)
                .group("b", GroupFate.INCOMPLETE, 20, 0, 1)
                .dropped("b", DropReason.INCOMPLETE, 20)
                .deliver("b", 19, 2);
        assertThat(late.running().violations().first()).isEmpty();
        assertThat(late.running().count(CompletionState.LATE)).isEqualTo(1);
        late.readUpTo(5);
        assertThat(late.running().count(CompletionState.UNREAD)).isEqualTo(1);
    }

    @Test
    void aTrainableGroupIsNotPassedOver() {
        LedgerRun run = trainedRun()
                .deliver("b", 1, 0, 1, 2)
                .group("b", GroupFate.TRAINABLE, 2, 0, 1, 2)
                .deliver("c", 1, 0, 1, 2)
                .group("c", GroupFate.TRAINABLE, 30, 0, 1, 2)
                .step(2, 1, 31, "c")
                .trained("c", 2, 31);
        LedgerReport report = run.running();
        assertThat(report.violations().counts())
                .containsOnlyKeys(ViolationKind.PASSED_OVER)
                .containsValue(3L);
        assertThat(report.count(CompletionState.LOST)).isEqualTo(3);
    }

    @Test
    void theFirstDeliveryIsNoDuplicate() {
        LedgerRun run = trainedRun().dropped("a", 1, DropReason.DUPLICATE, 4);
        assertOnly(run.running(), ViolationKind.FIRST_DELIVERY_DUPLICATE, id("a", 1));
    }

    @Test
    void whatEndsHasAnOutcomeAndTheReverse() {
        assertOnly(
                trainedRun()
                        .deliver("b", 1, 0)
                        .group("b", GroupFate.STALE, 2, 0)
                        .running(),
                ViolationKind.OUTCOME_MISSING,
                id("b"));
        LedgerRun ended = trainedRun().deliver("b", 1, 0).dropped("b", DropReason.STALE, 2);
        assertOnly(ended.closed(), ViolationKind.OUTCOME_WITHOUT_RECORD, id("b"));
        // Its record comes with the next checkpoint.
        assertThat(ended.running().violations().first()).isEmpty();
    }

    @Test
    void outcomesAreThoseThatOperatorsWrite() {
        var singleTraining = new Outcome("run", id("a"), id("a", 1), OutcomeKind.TRAINED, null, 1L, 1, 3000L);
        assertOnly(trainedRun().outcome(singleTraining).running(), ViolationKind.OUTCOME_ILLEGAL, id("a", 1));
        assertOnly(
                trainedRun().dropped("a", DropReason.DUPLICATE, 3).running(), ViolationKind.OUTCOME_ILLEGAL, id("a"));
        var stranger = new Outcome("run", id("a"), id("b", 1), OutcomeKind.DROPPED, DropReason.STALE, null, 1, 3000L);
        assertOnly(trainedRun().outcome(stranger).running(), ViolationKind.OUTCOME_ILLEGAL, id("b", 1));
    }

    @Test
    void whatCannotBeReadHasOneDeadLetter() {
        assertOnly(
                trainedRun().deliverUnreadable(1).running(), ViolationKind.DEAD_LETTER_MISSING, "run.completions-0@3");
        assertOnly(
                trainedRun().deliverUnreadable(1).deadLetter(3).deadLetter(3).running(),
                ViolationKind.DEAD_LETTER_REPEATED,
                "run.completions-0@3");
        Completion disguised = completion("a", 1, 5);
        disguised.setSampleIndex(2);
        assertOnly(
                trainedRun().deliver(disguised, 1).running(), ViolationKind.DEAD_LETTER_MISSING, "run.completions-0@3");
        LedgerReport unread = trainedRun().deliverUnreadable(1).readUpTo(3).running();
        assertThat(unread.violations().first()).isEmpty();
        assertThat(unread.deliveries().pendingUnreadable()).isEqualTo(1);
    }

    @Test
    void plentyOfOneKindIsCountedAndNotKept() {
        LedgerRun run = trainedRun();
        for (int step = 0; step < 100; step++) {
            run.step(1, 1, 4);
        }
        LedgerReport report = run.running();
        assertThat(report.violations().first()).hasSize(Violations.KEPT_PER_KIND);
        assertThat(report.violations().counts()).containsEntry(ViolationKind.STEP_OUT_OF_SEQUENCE, 100L);
    }

    @Test
    void whatIsSoForAMomentOnlyIsNotReported() {
        LedgerReport first = trainedRun()
                .step(2, 1, 4, "b")
                .trained("b", 2, 4)
                .dropped("a", DropReason.STALE, 3)
                .running();
        LedgerReport second = trainedRun().dropped("a", DropReason.STALE, 3).running();
        assertThat(first.violations().counts()).hasSize(2);
        assertOnly(Ledger.confirmed(first, second), ViolationKind.IN_TWO_STATES, id("a"));
        assertThat(Ledger.confirmed(first, trainedRun().running()).clean()).isTrue();
    }
}
