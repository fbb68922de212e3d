package io.tramontane.pipeline.scheduling;

import static io.tramontane.pipeline.scheduling.PromptScheduleTest.TEN_PROBLEMS;
import static io.tramontane.pipeline.scheduling.PromptScheduleTest.dropped;
import static io.tramontane.pipeline.scheduling.PromptScheduleTest.plan;
import static io.tramontane.pipeline.scheduling.PromptScheduleTest.settings;
import static io.tramontane.pipeline.scheduling.PromptScheduleTest.trained;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tramontane.pipeline.Harness;
import io.tramontane.pipeline.OperatorIdentity;
import io.tramontane.pipeline.PromptRequest;
import io.tramontane.pipeline.StateFixture;
import io.tramontane.pipeline.TestCompletion;
import io.tramontane.pipeline.curriculum.Curriculum;
import io.tramontane.pipeline.curriculum.CurriculumState;
import io.tramontane.pipeline.curriculum.ProgressFigure;
import io.tramontane.pipeline.curriculum.Stage;
import io.tramontane.pipeline.curriculum.StageEnd;
import io.tramontane.pipeline.curriculum.StepProgress;
import io.tramontane.schemas.Outcome;
import io.tramontane.schemas.Prompt;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // closing a harness may be interrupted
class PromptSchedulerFunctionTest {

    private static KeyedTwoInputStreamOperatorTestHarness<String, Outcome, PromptRequest, Prompt> operator()
            throws Exception {
        return operator(plan(1, 4, 4));
    }

    private static KeyedTwoInputStreamOperatorTestHarness<String, Outcome, PromptRequest, Prompt> operator(RunPlan plan)
            throws Exception {
        return new KeyedTwoInputStreamOperatorTestHarness<>(
                new KeyedCoProcessOperator<>(
                        new PromptSchedulerFunction(plan, settings(SchedulingMode.ASYNC, 4), TEN_PROBLEMS)),
                Outcome::getRunId,
                PromptRequest::runId,
                Types.STRING);
    }

    @Test
    void startsWithTheKickAndGoesOnWithOutcomes() throws Exception {
        try (var operator = Harness.start(operator())) {
            operator.processElement2(PromptRequest.begin(TestCompletion.RUN), 0);
            List<Prompt> first = Harness.drain(operator);
            assertThat(first).hasSize(4);

            operator.processElement2(PromptRequest.begin(TestCompletion.RUN), 0);
            assertThat(Harness.drain(operator)).isEmpty();

            operator.processElement1(trained(first.get(0).getGroupId(), 1), 0);
            operator.processElement1(trained(first.get(0).getGroupId(), 1), 0);
            assertThat(Harness.drain(operator)).hasSize(1);
        }
    }

    @Test
    void aForkBeginsWithTheGroupsThatWereInFlight() throws Exception {
        var open = List.of(
                new InFlightGroup("run/0/p7", 3, 0, 7, 2, InFlightGroup.NEVER, 0),
                new InFlightGroup("run/0/p2", 5, 0, 2, 2, InFlightGroup.NEVER, 0));
        RunPlan plan = new RunPlan(
                TestCompletion.RUN,
                1,
                Curriculum.none(32, 16, 4),
                1,
                new ScheduleState(6, 0, 6, 2, open, CurriculumState.INITIAL));
        OperatorSubtaskState snapshot;
        try (var operator = Harness.start(operator(plan))) {
            operator.setProcessingTime(60_000);
            operator.processElement2(PromptRequest.begin(TestCompletion.RUN), 0);

            assertThat(Harness.drain(operator)).extracting(Prompt::getSequence).containsExactly(3L, 5L, 6L, 7L);
            operator.processElement2(PromptRequest.begin(TestCompletion.RUN), 0);
            operator.setProcessingTime(119_999);
            assertThat(Harness.drain(operator)).as("asked once").isEmpty();
            operator.processElement1(trained("run/0/p7", 3), 0);
            assertThat(Harness.drain(operator)).extracting(Prompt::getSequence).containsExactly(8L);
            snapshot = operator.snapshot(1, 1);
        }
        try (var operator = Harness.start(operator(plan), snapshot)) {
            operator.setProcessingTime(119_999);
            operator.processElement2(PromptRequest.begin(TestCompletion.RUN), 0);
            assertThat(Harness.drain(operator))
                    .as("it goes on and does not begin again")
                    .isEmpty();
        }
    }

    @Test
    void ignoresOtherRuns() throws Exception {
        try (var operator = Harness.start(operator())) {
            operator.processElement2(PromptRequest.begin(TestCompletion.RUN), 0);
            Outcome foreign = dropped(Harness.drain(operator).get(0).getGroupId());
            foreign.setRunId("other");
            operator.processElement1(foreign, 0);

            assertThat(Harness.drain(operator)).isEmpty();
        }
    }

    @Test
    void goesOnAfterARestoreWithoutAKick() throws Exception {
        List<Prompt> issued;
        List<Prompt> afterwards;
        OperatorSubtaskState snapshot;
        try (var operator = Harness.start(operator())) {
            operator.processElement2(PromptRequest.begin(TestCompletion.RUN), 0);
            issued = Harness.drain(operator);
            snapshot = operator.snapshot(1, 1);
            operator.processElement1(dropped(issued.get(3).getGroupId()), 0);
            afterwards = Harness.drain(operator);
        }
        try (var operator = Harness.start(operator(), snapshot)) {
            operator.processElement1(dropped(issued.get(3).getGroupId()), 0);
            assertThat(Harness.drain(operator)).hasSize(1).isEqualTo(afterwards);
        }
    }

    @Test
    void issuesAgainByATimerThatSurvivesARestore() throws Exception {
        List<Prompt> issued;
        OperatorSubtaskState snapshot;
        try (var operator = Harness.start(operator())) {
            operator.setProcessingTime(0);
            operator.processElement2(PromptRequest.begin(TestCompletion.RUN), 0);
            issued = Harness.drain(operator);
            snapshot = operator.snapshot(1, 1);
        }
        try (var operator = Harness.start(operator(), snapshot)) {
            operator.setProcessingTime(59_999);
            assertThat(Harness.drain(operator)).isEmpty();
            operator.setProcessingTime(60_000);
            assertThat(Harness.drain(operator)).isEqualTo(issued);
            operator.setProcessingTime(120_000);
            assertThat(Harness.drain(operator)).isEqualTo(issued);
        }
    }

    @Test
    void issuesAGroupAgainForItsMissingSamples() throws Exception {
        try (var operator = Harness.start(operator())) {
            operator.setProcessingTime(0);
            operator.processElement2(PromptRequest.begin(TestCompletion.RUN), 0);
            List<Prompt> issued = Harness.drain(operator);
            String wanted = issued.get(1).getGroupId();
            operator.setProcessingTime(30_000);
            operator.processElement2(new PromptRequest(TestCompletion.RUN, wanted, new int[] {1, 3}), 0);

            Prompt again = Harness.drain(operator).get(0);
            assertThat(again.getSamples()).containsExactly(1, 3);
            again.setSamples(List.of());
            assertThat(again).as("the same except for the samples").isEqualTo(issued.get(1));

            operator.setProcessingTime(60_000);
            assertThat(Harness.drain(operator))
                    .as("its time began again")
                    .extracting(Prompt::getGroupId)
                    .doesNotContain(wanted)
                    .hasSize(3);

            operator.processElement1(dropped(wanted), 0);
            Harness.drain(operator);
            operator.processElement2(new PromptRequest(TestCompletion.RUN, wanted, new int[] {1}), 0);
            assertThat(Harness.drain(operator)).as("it has ended").isEmpty();
        }
    }

    @Test
    void goesOnInTheMiddleOfACurriculum() throws Exception {
        OperatorSubtaskState snapshot = StateFixture.of(2, OperatorIdentity.SCHEDULER, () -> {
            try (var operator = Harness.start(staged())) {
                operator.processElement2(PromptRequest.begin(TestCompletion.RUN), 0);
                String first = Harness.drain(operator).get(0).getGroupId();
                progress(operator, 1, 1, 0.6);
                progress(operator, 2, 1, 0.9);
                progress(operator, 3, 2, 0.4);
                operator.processElement1(trained(first, 1), 0);
                assertThat(Harness.drain(operator))
                        .extracting(prompt -> prompt.getStage().getNumber())
                        .containsExactly(2);
                return operator.snapshot(1, 1);
            }
        });
        try (var operator = Harness.start(staged(), snapshot)) {
            operator.setProcessingTime(60_000);
            List<Prompt> again = Harness.drain(operator);
            assertThat(again)
                    .as("each as it was issued")
                    .extracting(
                            prompt -> prompt.getStage().getNumber(),
                            prompt -> prompt.getSampling().getMaxNewTokens())
                    .containsExactly(tuple(1, 16), tuple(1, 16), tuple(1, 16), tuple(2, 32));

            progress(operator, 4, 2, 0.5);
            operator.processElement1(dropped(again.get(0).getGroupId()), 0);
            assertThat(Harness.drain(operator))
                    .as("the window of the second stage holds 0.4 and 0.5")
                    .extracting(prompt -> prompt.getStage().getNumber())
                    .containsExactly(2);
            progress(operator, 5, 2, 0.8);
            operator.processElement1(dropped(again.get(1).getGroupId()), 0);
            assertThat(Harness.drain(operator))
                    .extracting(prompt -> prompt.getStage().getNumber())
                    .containsExactly(3);
        }
    }

    private static void progress(
            KeyedTwoInputStreamOperatorTestHarness<String, Outcome, PromptRequest, Prompt> operator,
            long step,
            int stage,
            double accuracy)
            throws Exception {
        operator.processElement2(
                PromptRequest.progressed(TestCompletion.RUN, new StepProgress(step, stage, accuracy, 0, 0)), 0);
        assertThat(Harness.drain(operator)).as("no credit has become free").isEmpty();
    }

    /** Two steps, then an accuracy of 0.6 over two steps. */
    private static KeyedTwoInputStreamOperatorTestHarness<String, Outcome, PromptRequest, Prompt> staged()
            throws Exception {
        Curriculum curriculum = Curriculum.of(List.of(
                new Stage(16, 16, 4, 16, 4, 0, 1, new StageEnd(2, ProgressFigure.NONE, 0, 1)),
                new Stage(32, 32, 4, 16, 4, 0, 1, new StageEnd(0, ProgressFigure.ACCURACY, 0.6, 2)),
                new Stage(48, 48, 4, 16, 4, 0, 1, StageEnd.NEVER)));
        return operator(new RunPlan(TestCompletion.RUN, 1, curriculum));
    }

    @Test
    void readsTheStateOfFormerReleases() throws Exception {
        OperatorSubtaskState old = StateFixture.of(OperatorIdentity.SCHEDULER, () -> {
            try (var operator = Harness.start(operator())) {
                operator.setProcessingTime(0);
                operator.processElement2(PromptRequest.begin(TestCompletion.RUN), 0);
                return operator.snapshot(1, 1);
            }
        });
        try (var operator = Harness.start(operator(), old)) {
            operator.setProcessingTime(60_000);
            List<Prompt> again = Harness.drain(operator);
            assertThat(again).extracting(Prompt::getSequence).containsExactly(0L, 1L, 2L, 3L);
            operator.processElement1(trained(again.get(0).getGroupId(), 1), 0);
            assertThat(Harness.drain(operator)).extracting(Prompt::getSequence).containsExactly(4L);
        }
    }
}
