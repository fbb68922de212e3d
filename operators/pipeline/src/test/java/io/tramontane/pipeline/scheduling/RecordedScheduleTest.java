package io.tramontane.pipeline.scheduling;

import static io.tramontane.pipeline.scheduling.PromptScheduleTest.settings;
import static io.tramontane.pipeline.scheduling.PromptScheduleTest.trained;
import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.pipeline.TestCompletion;
import io.tramontane.pipeline.curriculum.Curriculum;
import io.tramontane.pipeline.curriculum.CurriculumState;
import io.tramontane.pipeline.scheduling.PromptScheduleTest.NumberedProblems;
import io.tramontane.schemas.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecordedScheduleTest {

    private static final NumberedProblems PROBLEMS = new NumberedProblems(10);
    private static final SchedulingSettings SETTINGS = settings(SchedulingMode.ASYNC, 6);
    private static final Curriculum CURRICULUM = Curriculum.none(32, 16, 6);

    private final RunPlan parent = new RunPlan(TestCompletion.RUN, 1, CURRICULUM);

    @Test
    void theOtherRunPosesWhatTheRecordedOneWouldHaveEndedNext() {
        // By sequence: 0 to 5 in flight, 1, 2 and 4 end, 6 to 8 follow; further ones end beyond the step.
        List<Prompt> recorded = new ArrayList<>();
        PromptSchedule schedule = new PromptSchedule(parent, SETTINGS, PROBLEMS, ScheduleState.initial());
        recorded.addAll(schedule.issue(0));
        List<String> endedByThen = List.of(id(recorded, 1), id(recorded, 4), id(recorded, 2));
        endedByThen.forEach(id -> schedule.ended(trained(id, 1)));
        recorded.addAll(schedule.issue(0));
        recorded.addAll(schedule.reissue(60_000));

        ScheduleState state = goingOn(ScheduleState.initial(), recorded, endedByThen);
        PromptSchedule fork = fork("fork", state);
        List<Prompt> posed = new ArrayList<>(fork.reissue(1));
        posed.addAll(fork.issue(1));

        assertThat(posed).extracting(Prompt::getSequence).containsExactly(0L, 3L, 5L, 6L, 7L, 8L);
        assertThat(posed)
                .extracting(Prompt::getProblemId)
                .containsExactlyElementsOf(List.of(0, 3, 5, 6, 7, 8).stream()
                        .map(index -> recorded.get(index).getProblemId())
                        .toList());
        assertThat(posed).allSatisfy(prompt -> {
            assertThat(prompt.getGroupId()).isEqualTo("fork/0/" + prompt.getProblemId());
            assertThat(prompt.getRunId()).isEqualTo("fork");
            assertThat(prompt.getMinimumVersion()).as("not by the base policy").isEqualTo(2);
        });
    }

    @Test
    void aForkOfAForkGoesOnInTheMiddleOfAnEpoch() {
        List<Prompt> recorded = poseAll(new PromptSchedule(parent, SETTINGS, PROBLEMS, ScheduleState.initial()), 13);
        ScheduleState first =
                goingOn(ScheduleState.initial(), recorded, ids(recorded).subList(0, 13));
        List<Prompt> ofFork = poseAll(fork("fork", first), 4);
        ScheduleState second = goingOn(first, ofFork, ids(ofFork));

        assertThat(List.of(first.epoch(), first.position(), second.epoch(), second.position()))
                .containsExactly(1, 3, 1, 7);
        List<Prompt> straight = poseAll(new PromptSchedule(parent, SETTINGS, PROBLEMS, ScheduleState.initial()), 25);
        List<Prompt> ofForkOfFork = poseAll(fork("another", second), 8);
        assertThat(ofForkOfFork)
                .extracting(Prompt::getProblemId)
                .containsExactlyElementsOf(straight.subList(17, 25).stream()
                        .map(Prompt::getProblemId)
                        .toList());
        assertThat(Set.copyOf(ids(ofForkOfFork))).hasSize(8);
    }

    @Test
    void withNothingEndedItBeginsWhereTheRecordedOneBegan() {
        ScheduleState state =
                goingOn(new ScheduleState(5, 0, 5, 1, List.of(), CurriculumState.INITIAL), List.of(), List.of());

        assertThat(state).isEqualTo(new ScheduleState(5, 0, 5, 2, List.of(), CurriculumState.INITIAL));
    }

    private static ScheduleState goingOn(ScheduleState beginning, List<Prompt> recorded, List<String> ended) {
        RecordedSchedule schedule = new RecordedSchedule(beginning);
        recorded.forEach(schedule::issued);
        ended.forEach(schedule::ended);
        return schedule.goingOn("fork", 2, id -> Integer.parseInt(id.substring(1)));
    }

    private PromptSchedule fork(String runId, ScheduleState state) {
        return new PromptSchedule(new RunPlan(runId, parent.seed(), CURRICULUM, 1, state), SETTINGS, PROBLEMS, state);
    }

    /** Poses and ends one after another. */
    private static List<Prompt> poseAll(PromptSchedule schedule, int groups) {
        List<Prompt> posed = new ArrayList<>();
        while (posed.size() < groups) {
            for (Prompt prompt : schedule.issue(0)) {
                posed.add(prompt);
                schedule.ended(trained(prompt.getGroupId(), 1));
            }
        }
        return posed.subList(0, groups);
    }

    private static List<String> ids(List<Prompt> prompts) {
        return prompts.stream().map(Prompt::getGroupId).toList();
    }

    private static String id(List<Prompt> prompts, int index) {
        return prompts.get(index).getGroupId();
    }
}
