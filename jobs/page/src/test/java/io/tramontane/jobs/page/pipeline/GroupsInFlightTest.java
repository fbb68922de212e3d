package io.tramontane.jobs.page.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.jobs.page.diagnosis.Endings;
import io.tramontane.schemas.DropReason;
import io.tramontane.schemas.Outcome;
import io.tramontane.schemas.OutcomeKind;
import io.tramontane.schemas.Prompt;
import io.tramontane.schemas.SamplingSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupsInFlightTest {

    private static final long NOW = 1_700_000_000_000L;

    private final GroupsInFlight groups = new GroupsInFlight();

    private static Prompt prompt(String group, Integer... samples) {
        return Prompt.newBuilder()
                .setGroupId(group)
                .setRunId("run")
                .setSequence(0)
                .setEpoch(0)
                .setProblemId("p")
                .setProblem("How many?")
                .setReference("7")
                .setLanguage("en")
                .setGroupSize(16)
                .setSampling(new SamplingSettings(1f, 48))
                .setMinimumVersion(0)
                .setSamples(List.of(samples))
                .build();
    }

    private static Outcome outcome(String group, DropReason reason, int completions, long at) {
        return Outcome.newBuilder()
                .setRunId("run")
                .setGroupId(group)
                .setKind(reason == null ? OutcomeKind.TRAINED : OutcomeKind.DROPPED)
                .setDropReason(reason)
                .setCompletions(completions)
                .setAt(at)
                .build();
    }

    @Test
    void aGroupIsOpenFromItsPromptToItsOutcome() {
        groups.asked(prompt("a"), NOW);
        groups.asked(prompt("b"), NOW + 1_000);
        groups.asked(prompt("a", 3, 4), NOW + 9_000);
        groups.ended(outcome("b", null, 16, NOW + 3_000));

        assertThat(groups.oldest(10)).containsExactly(new GroupsInFlight.Open("a", 16, NOW));
        assertThat(groups.usualMillis()).isEqualTo(2_000);
    }

    /** Prompts and outcomes are two topics, and prompts are written at least once. */
    @Test
    void aGroupThatHasEndedIsNotOpenedByItsPrompt() {
        groups.ended(outcome("a", null, 16, NOW + 3_000));
        groups.asked(prompt("a"), NOW);
        groups.asked(prompt("b"), NOW);
        groups.ended(outcome("b", null, 16, NOW + 3_000));
        groups.asked(prompt("b"), NOW + 4_000);

        assertThat(groups.count()).isZero();
    }

    @Test
    void unansweredPromptsAreThoseWhoseCompletionsHaveNotCome() {
        assertThat(groups.unanswered(0)).isZero();
        groups.asked(prompt("a"), NOW);
        groups.asked(prompt("b"), NOW);

        assertThat(groups.unanswered(0)).isEqualTo(2);
        assertThat(groups.unanswered(15)).isEqualTo(2);
        assertThat(groups.unanswered(16)).isEqualTo(1);
        assertThat(groups.unanswered(32)).isZero();
        assertThat(groups.unanswered(40)).isZero();
    }

    @Test
    void endingsAreThoseOfTheLastHalfMinute() {
        groups.ended(outcome("old", DropReason.STALE, 16, NOW - 31_000));
        groups.ended(outcome("a", null, 16, NOW - 20_000));
        groups.ended(outcome("b", DropReason.STALE, 16, NOW - 10_000));
        groups.ended(outcome("c", DropReason.ZERO_VARIANCE, 16, NOW));
        groups.ended(outcome("d", DropReason.INCOMPLETE, 3, NOW));

        assertThat(groups.recent(NOW)).isEqualTo(new Endings(30, 16, 16, 16, 3));
    }
}
