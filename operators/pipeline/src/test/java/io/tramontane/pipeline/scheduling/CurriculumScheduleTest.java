package io.tramontane.pipeline.scheduling;

import static io.tramontane.pipeline.scheduling.PromptScheduleTest.TEN_PROBLEMS;
import static io.tramontane.pipeline.scheduling.PromptScheduleTest.dropped;
import static io.tramontane.pipeline.scheduling.PromptScheduleTest.settings;
import static io.tramontane.pipeline.scheduling.PromptScheduleTest.trained;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tramontane.pipeline.TestCompletion;
import io.tramontane.pipeline.curriculum.Curriculum;
import io.tramontane.pipeline.curriculum.ProgressFigure;
import io.tramontane.pipeline.curriculum.Stage;
import io.tramontane.pipeline.curriculum.StageEnd;
import io.tramontane.pipeline.curriculum.StepProgress;
import io.tramontane.schemas.CurriculumStage;
import io.tramontane.schemas.Prompt;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CurriculumScheduleTest {

    private static final StageEnd AFTER_ONE_STEP = new StageEnd(1, ProgressFigure.NONE, 0, 1);

    /** Of ten problems; the pass rate of problem n is n tenths, and nobody knows that of problem 9. */
    private record RatedProblems(int size) implements ProblemSource {
        @Override
        public SourceProblem get(int index) {
            return TEN_PROBLEMS.get(index);
        }

        @Override
        public double passRate(int index) {
            return index == 9 ? Double.NaN : index / 10.0;
        }
    }

    /** @param batch groups of 4 completions */
    private static Stage stage(int tokens, int batch, int credits, StageEnd end) {
        return new Stage(tokens, tokens - 2, 4, 4 * batch, credits, 0, 1, end);
    }

    private static Stage stage(double minimumPassRate, double maximumPassRate, StageEnd end) {
        return new Stage(32, 32, 8, 4, 4, minimumPassRate, maximumPassRate, end);
    }

    private static PromptSchedule schedule(SchedulingMode mode, Stage... stages) {
        return new PromptSchedule(
                new RunPlan(TestCompletion.RUN, 1, Curriculum.of(List.of(stages))),
                settings(mode, 99),
                new RatedProblems(10),
                ScheduleState.initial());
    }

    private static StepProgress step(long number, int stage, double accuracy) {
        return new StepProgress(number, stage, accuracy, 0, 0);
    }

    private static void end(PromptSchedule schedule, List<Prompt> prompts) {
        prompts.forEach(prompt -> schedule.ended(dropped(prompt.getGroupId())));
    }

    @Test
    void theStageDecidesBudgetLengthsAndCredits() {
        PromptSchedule schedule =
                schedule(SchedulingMode.ASYNC, stage(16, 2, 3, AFTER_ONE_STEP), stage(32, 2, 5, StageEnd.NEVER));
        List<Prompt> first = schedule.issue(0);
        assertThat(first).hasSize(3).allSatisfy(prompt -> {
            assertThat(prompt.getSampling().getMaxNewTokens()).isEqualTo(16);
            assertThat(prompt.getStage()).isEqualTo(new CurriculumStage(1, 14, 4));
        });

        schedule.progressed(step(1, 1, 0));

        assertThat(schedule.stage()).isEqualTo(2);
        assertThat(schedule.issue(0)).hasSize(2).allSatisfy(prompt -> {
            assertThat(prompt.getSampling().getMaxNewTokens()).isEqualTo(32);
            assertThat(prompt.getStage()).isEqualTo(new CurriculumStage(2, 30, 4));
        });
        assertThat(schedule.reissue(61_000))
                .as("what is issued again stays what it was")
                .startsWith(first.get(0));
    }

    @Test
    void aRunWithoutACurriculumSaysNothingOfStages() {
        var schedule = new PromptSchedule(
                PromptScheduleTest.plan(1, 1, 1),
                settings(SchedulingMode.ASYNC, 1),
                TEN_PROBLEMS,
                ScheduleState.initial());

        assertThat(schedule.stage()).isZero();
        assertThat(schedule.issue(0))
                .singleElement()
                .extracting(Prompt::getStage)
                .isNull();
    }

    @Test
    void aFigureEndsAStageByItsMeanOverTheLastStepsOfTheStage() {
        var accurate = new StageEnd(0, ProgressFigure.ACCURACY, 0.5, 2);
        PromptSchedule schedule = schedule(
                SchedulingMode.ASYNC,
                stage(16, 1, 1, accurate),
                stage(32, 1, 1, accurate),
                stage(48, 1, 1, StageEnd.NEVER));

        schedule.progressed(step(1, 1, 0.9));
        assertThat(schedule.stage()).as("one step is no window").isEqualTo(1);
        schedule.progressed(step(2, 1, 0.05));
        assertThat(schedule.stage()).isEqualTo(1);
        schedule.progressed(step(3, 1, 0.95));
        assertThat(schedule.stage()).isEqualTo(2);

        schedule.progressed(step(4, 1, 1));
        schedule.progressed(step(5, 1, 1));
        assertThat(schedule.stage())
                .as("steps of the stage before count for none")
                .isEqualTo(2);
        schedule.progressed(step(6, 2, 0.5));
        schedule.progressed(step(7, 2, 0.5));
        assertThat(schedule.stage()).isEqualTo(3);
        schedule.progressed(step(8, 3, 1));
        assertThat(schedule.stage()).as("the last one stays").isEqualTo(3);
    }

    @Test
    void theOldStagesBatchCanStillFillWithFewerCreditsInTheNew() {
        PromptSchedule schedule =
                schedule(SchedulingMode.ASYNC, stage(16, 4, 6, AFTER_ONE_STEP), stage(32, 1, 2, StageEnd.NEVER));
        List<Prompt> old = schedule.issue(0);
        assertThat(old).hasSize(6);
        schedule.progressed(step(1, 1, 0));

        // Of the six, four are the batch that is being trained, two wait in the next, which is as large.
        end(schedule, old.subList(0, 4));
        assertThat(schedule.issue(0))
                .as("up to the four of the batch being filled")
                .hasSize(2);
        end(schedule, old.subList(4, 6));
        assertThat(schedule.inFlight()).isEqualTo(2);
        assertThat(schedule.issue(0)).as("the credits of the new stage").isEmpty();
    }

    @Test
    void synchronouslyALargerBatchWaitsForTheLastStepOfTheStageBefore() {
        PromptSchedule schedule =
                schedule(SchedulingMode.SYNC, stage(16, 2, 2, AFTER_ONE_STEP), stage(32, 4, 4, StageEnd.NEVER));
        List<Prompt> old = schedule.issue(0);
        schedule.progressed(step(1, 1, 0));
        assertThat(schedule.issue(0)).isEmpty();

        schedule.ended(trained(old.get(0).getGroupId(), 1));
        assertThat(schedule.issue(0)).hasSize(1);
        schedule.ended(trained(old.get(1).getGroupId(), 1));

        assertThat(schedule.issue(0))
                .hasSize(3)
                .allSatisfy(prompt -> assertThat(prompt.getMinimumVersion()).isEqualTo(1));
    }

    @Test
    void posesTheProblemsWhosePassRateTheStageWants() {
        PromptSchedule schedule =
                schedule(SchedulingMode.ASYNC, stage(0.3, 0.6, AFTER_ONE_STEP), stage(0, 1, StageEnd.NEVER));
        List<String> posed = IntStream.range(0, 8)
                .mapToObj(round -> schedule.issue(0))
                .peek(prompts -> end(schedule, prompts))
                .flatMap(List::stream)
                .map(Prompt::getGroupId)
                .toList();
        assertThat(posed).hasSize(32).doesNotHaveDuplicates();
        assertThat(posed.subList(0, 4)).allMatch(id -> id.startsWith("run/0/"));
        assertThat(posed.stream().map(id -> id.substring(id.lastIndexOf('/') + 1)))
                .containsOnly("p3", "p4", "p5", "p6");

        schedule.progressed(step(1, 1, 0));
        List<String> all = IntStream.range(0, 5)
                .mapToObj(round -> schedule.issue(0))
                .peek(prompts -> end(schedule, prompts))
                .flatMap(List::stream)
                .map(Prompt::getProblemId)
                .toList();
        assertThat(all).contains("p0", "p9");
    }

    @Test
    void refusesAStageWithoutProblems() {
        assertThatThrownBy(() ->
                        schedule(SchedulingMode.ASYNC, stage(0, 1, AFTER_ONE_STEP), stage(0.31, 0.39, StageEnd.NEVER)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no problem has a pass rate between 0.31 and 0.39, as stage 2 of the curriculum wants");
    }

    @Test
    void aRunResumedWithFewerStagesIsInTheLastOfThem() {
        PromptSchedule three = schedule(
                SchedulingMode.ASYNC,
                stage(16, 1, 2, AFTER_ONE_STEP),
                stage(24, 1, 2, AFTER_ONE_STEP),
                stage(32, 1, 2, StageEnd.NEVER));
        three.progressed(step(1, 1, 0));
        three.progressed(step(2, 2, 0));
        three.issue(0);

        var two = new PromptSchedule(
                new RunPlan(
                        TestCompletion.RUN,
                        1,
                        Curriculum.of(List.of(stage(16, 1, 2, AFTER_ONE_STEP), stage(24, 1, 3, StageEnd.NEVER)))),
                settings(SchedulingMode.ASYNC, 99),
                TEN_PROBLEMS,
                three.state());

        assertThat(two.stage()).isEqualTo(2);
        assertThat(two.issue(0))
                .singleElement()
                .satisfies(prompt ->
                        assertThat(prompt.getSampling().getMaxNewTokens()).isEqualTo(24));
    }
}
