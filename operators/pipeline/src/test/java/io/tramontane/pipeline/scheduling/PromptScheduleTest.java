package io.tramontane.pipeline.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tramontane.pipeline.TestCompletion;
import io.tramontane.pipeline.curriculum.Curriculum;
import io.tramontane.pipeline.curriculum.CurriculumState;
import io.tramontane.schemas.DropReason;
import io.tramontane.schemas.Outcome;
import io.tramontane.schemas.OutcomeKind;
import io.tramontane.schemas.Prompt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptScheduleTest {

    static final ProblemSource TEN_PROBLEMS = new NumberedProblems(10);

    record NumberedProblems(int size) implements ProblemSource {
        @Override
        public SourceProblem get(int index) {
            return new SourceProblem("p" + index, "problem " + index, String.valueOf(index), "numeric", "en");
        }
    }

    static SchedulingSettings settings(SchedulingMode mode, int groupsInFlight) {
        return new SchedulingSettings(mode, 4, groupsInFlight, 1.0, 32, Duration.ofMinutes(1));
    }

    /** Without a curriculum. */
    static RunPlan plan(long seed, int groupsPerBatch, int groupsInFlight) {
        return new RunPlan(TestCompletion.RUN, seed, Curriculum.none(32, 4 * groupsPerBatch, groupsInFlight));
    }

    private static PromptSchedule schedule(SchedulingMode mode, int groupsInFlight) {
        return new PromptSchedule(
                plan(1, 4, groupsInFlight), settings(mode, groupsInFlight), TEN_PROBLEMS, ScheduleState.initial());
    }

    static Outcome trained(String groupId, long step) {
        return new Outcome(TestCompletion.RUN, groupId, null, OutcomeKind.TRAINED, null, step, 4, 0L);
    }

    static Outcome dropped(String groupId) {
        return new Outcome(
                TestCompletion.RUN, groupId, null, OutcomeKind.DROPPED, DropReason.ZERO_VARIANCE, null, 4, 0L);
    }

    private static List<String> ids(List<Prompt> prompts) {
        return prompts.stream().map(Prompt::getGroupId).toList();
    }

    @Test
    void issuesAsManyGroupsAsThereAreCredits() {
        PromptSchedule schedule = schedule(SchedulingMode.ASYNC, 6);
        List<Prompt> issued = schedule.issue(5);

        assertThat(issued).hasSize(6).allSatisfy(prompt -> {
            assertThat(prompt.getMinimumVersion()).isZero();
            assertThat(prompt.getGroupSize()).isEqualTo(4);
            assertThat(prompt.getSampling().getMaxNewTokens()).isEqualTo(32);
        });
        assertThat(issued).extracting(Prompt::getSequence).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
        assertThat(schedule.issue(5)).isEmpty();

        assertThat(schedule.ended(dropped(issued.get(2).getGroupId()))).isTrue();
        assertThat(schedule.ended(trained(issued.get(0).getGroupId(), 1))).isTrue();
        assertThat(schedule.issue(6)).hasSize(2);
    }

    @Test
    void anOutcomeCountsOnce() {
        PromptSchedule schedule = schedule(SchedulingMode.ASYNC, 4);
        String first = schedule.issue(0).get(0).getGroupId();
        Outcome ofOneCompletion = dropped(first);
        ofOneCompletion.setCompletionId(first + "/0");

        assertThat(schedule.ended(ofOneCompletion)).isFalse();
        assertThat(schedule.ended(trained(first, 1))).isTrue();
        assertThat(schedule.ended(trained(first, 1))).isFalse();
        assertThat(schedule.ended(trained("run/0/unknown", 1))).isFalse();
        assertThat(schedule.issue(0)).hasSize(1);
    }

    @Test
    void posesEveryProblemOnceAnEpochInAnOrderOfItsOwn() {
        PromptSchedule schedule = schedule(SchedulingMode.ASYNC, 10);
        List<String> first = pose(schedule, 10);
        List<String> second = pose(schedule, 10);

        assertThat(first).doesNotHaveDuplicates().allMatch(id -> id.startsWith("run/0/"));
        assertThat(second).doesNotHaveDuplicates().allMatch(id -> id.startsWith("run/1/"));
        assertThat(problems(first)).containsExactlyInAnyOrderElementsOf(problems(second));
        assertThat(problems(first)).isNotEqualTo(problems(second));
    }

    private static List<String> pose(PromptSchedule schedule, int groups) {
        List<String> posed = new ArrayList<>();
        for (String id : ids(schedule.issue(0))) {
            posed.add(id);
            schedule.ended(dropped(id));
        }
        assertThat(posed).hasSize(groups);
        return posed;
    }

    private static List<String> problems(List<String> groupIds) {
        return groupIds.stream()
                .map(id -> id.substring(id.lastIndexOf('/') + 1))
                .toList();
    }

    @Test
    void theOrderFollowsFromTheSeed() {
        var settings = settings(SchedulingMode.ASYNC, 10);
        var one = new PromptSchedule(plan(1, 4, 10), settings, TEN_PROBLEMS, ScheduleState.initial());
        var sameSeed = new PromptSchedule(plan(1, 4, 10), settings, TEN_PROBLEMS, ScheduleState.initial());
        var otherSeed = new PromptSchedule(plan(2, 4, 10), settings, TEN_PROBLEMS, ScheduleState.initial());

        List<String> issued = ids(one.issue(0));
        assertThat(ids(sameSeed.issue(0))).isEqualTo(issued);
        assertThat(ids(otherSeed.issue(0))).isNotEqualTo(issued);
    }

    @Test
    void goesOnFromItsStateWithTheSameIds() {
        PromptSchedule original = schedule(SchedulingMode.ASYNC, 4);
        List<String> issued = ids(original.issue(0));
        original.ended(trained(issued.get(1), 1));
        original.issue(0);
        ScheduleState state = original.state();
        PromptSchedule restored =
                new PromptSchedule(plan(1, 4, 4), settings(SchedulingMode.ASYNC, 4), TEN_PROBLEMS, state);

        for (int group : new int[] {0, 2, 3}) {
            assertThat(restored.ended(dropped(issued.get(group)))).isTrue();
            assertThat(original.ended(dropped(issued.get(group)))).isTrue();
        }
        assertThat(restored.issue(9)).hasSize(3).isEqualTo(original.issue(9));
        assertThat(restored.state()).isEqualTo(original.state());
    }

    @Test
    void synchronouslyTheNextBatchIsIssuedWhenTheLastOneIsTrained() {
        PromptSchedule schedule = schedule(SchedulingMode.SYNC, 8);
        List<String> batch = ids(schedule.issue(0));
        assertThat(batch).hasSize(4);
        assertThat(schedule.issue(0)).isEmpty();

        batch.forEach(id -> schedule.ended(trained(id, 1)));

        assertThat(schedule.issue(0))
                .hasSize(4)
                .allSatisfy(prompt -> assertThat(prompt.getMinimumVersion()).isEqualTo(1));
    }

    @Test
    void synchronouslyDroppedGroupsAreReplacedSoThatTheBatchFills() {
        PromptSchedule schedule = schedule(SchedulingMode.SYNC, 8);
        List<String> wave = ids(schedule.issue(0));
        schedule.ended(dropped(wave.get(1)));

        assertThat(schedule.issue(0)).singleElement().satisfies(prompt -> {
            assertThat(prompt.getSequence()).isEqualTo(4);
            assertThat(prompt.getMinimumVersion()).isZero();
        });
        assertThat(schedule.issue(0)).isEmpty();
    }

    /** Two steps for each published version: eight groups together, the next eight when both steps are made. */
    @Test
    void synchronouslyTheBatchesOfOneVersionAreIssuedTogether() {
        RunPlan plan = new RunPlan(TestCompletion.RUN, 1, Curriculum.none(32, 16, 8), 2, ScheduleState.initial());
        PromptSchedule schedule =
                new PromptSchedule(plan, settings(SchedulingMode.SYNC, 8), TEN_PROBLEMS, ScheduleState.initial());
        List<String> both = ids(schedule.issue(0));
        assertThat(both).hasSize(8);

        both.subList(0, 4).forEach(id -> schedule.ended(trained(id, 1)));
        assertThat(schedule.issue(0)).isEmpty();

        schedule.ended(dropped(both.get(4)));
        List<Prompt> replacement = schedule.issue(0);
        assertThat(replacement)
                .singleElement()
                .satisfies(prompt -> assertThat(prompt.getMinimumVersion())
                        .as("it must fill a batch of the version before")
                        .isZero());

        both.subList(5, 8).forEach(id -> schedule.ended(trained(id, 2)));
        schedule.ended(trained(replacement.get(0).getGroupId(), 2));
        assertThat(schedule.issue(0))
                .hasSize(8)
                .allSatisfy(prompt -> assertThat(prompt.getMinimumVersion()).isEqualTo(2));
    }

    @Test
    void issuesGroupsWithoutOutcomeAgain() {
        PromptSchedule schedule = schedule(SchedulingMode.ASYNC, 4);
        List<Prompt> issued = schedule.issue(1_000);
        schedule.ended(dropped(issued.get(0).getGroupId()));
        assertThat(schedule.nextReissue()).hasValue(61_000);

        assertThat(schedule.reissue(60_999)).isEmpty();
        assertThat(schedule.reissue(61_000)).isEqualTo(issued.subList(1, 4));
        assertThat(schedule.nextReissue()).hasValue(121_000);
    }

    @Test
    void refusesWhatCouldNeverWork() {
        assertThatThrownBy(() -> schedule(SchedulingMode.ASYNC, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("never fill");
        assertThatThrownBy(() -> new PromptSchedule(
                        plan(1, 4, 4),
                        settings(SchedulingMode.ASYNC, 4),
                        new NumberedProblems(0),
                        ScheduleState.initial()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no problems");
    }

    @Test
    void survivesADataSetThatShrank() {
        var state = new ScheduleState(9, 0, 9, 2, List.of(), CurriculumState.INITIAL);
        var schedule =
                new PromptSchedule(plan(1, 1, 1), settings(SchedulingMode.ASYNC, 1), new NumberedProblems(5), state);

        assertThat(ids(schedule.issue(0))).singleElement().asString().startsWith("run/1/");
    }
}
