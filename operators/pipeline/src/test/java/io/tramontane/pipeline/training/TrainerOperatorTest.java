package io.tramontane.pipeline.training;

import static io.tramontane.pipeline.SideOutputs.OUTCOMES;
import static io.tramontane.pipeline.training.TestBatches.part;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tramontane.pipeline.Harness;
import io.tramontane.pipeline.OperatorIdentity;
import io.tramontane.pipeline.StateFixture;
import io.tramontane.pipeline.batching.MicroBatch;
import io.tramontane.pipeline.figures.StepFigure;
import io.tramontane.schemas.Outcome;
import io.tramontane.schemas.OutcomeKind;
import io.tramontane.schemas.Step;
import io.tramontane.schemas.WeightsVersion;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

@SuppressWarnings("try") // closing a harness may be interrupted
class TrainerOperatorTest {

    private String outlet;

    @BeforeEach
    void nameOutlet(TestInfo test) {
        outlet = test.getDisplayName();
    }

    private OneInputStreamOperatorTestHarness<MicroBatch, Step> operator(long maximumSteps) throws Exception {
        return new OneInputStreamOperatorTestHarness<>(new TrainerOperator(
                "run", TestBatches.settings(maximumSteps), FakeLearner::create, RecordedOutlet.named(outlet)));
    }

    private static void train(OneInputStreamOperatorTestHarness<MicroBatch, Step> operator, long... batches)
            throws Exception {
        for (long batch : batches) {
            for (int index = 0; index < TestBatches.PARTS; index++) {
                operator.processElement(part(batch, index), 0);
            }
        }
    }

    /** Lets what the operator does on its own, between elements, happen. */
    private static void pass(OneInputStreamOperatorTestHarness<MicroBatch, Step> operator) throws Exception {
        for (int turn = 1; turn <= 20; turn++) {
            operator.setProcessingTime(operator.getProcessingTime() + 1);
        }
    }

    private List<String> hashesOfAnUninterruptedRun(long... batches) throws Exception {
        try (var operator = Harness.start(new OneInputStreamOperatorTestHarness<>(new TrainerOperator(
                "run", TestBatches.settings(100), FakeLearner::create, RecordedOutlet.named("uninterrupted"))))) {
            train(operator, batches);
            return hashes(Harness.drain(operator));
        }
    }

    private static List<String> hashes(List<Step> steps) {
        return steps.stream().map(Step::getWeightsHash).toList();
    }

    @Test
    void publishesAtTheStartAndAfterEveryStep() throws Exception {
        try (var operator = Harness.start(operator(100))) {
            train(operator, 1, 2);
            List<Step> steps = Harness.drain(operator);

            assertThat(steps)
                    .extracting(Step::getStep, Step::getIncarnation)
                    .containsExactly(tuple(1L, 1L), tuple(2L, 1L));
            assertThat(steps.get(0).getGroupIds()).containsExactly("run/0/a1", "run/0/b1");
            assertThat(steps.get(0).getMetrics())
                    .containsKeys(StepFigure.REWARD_MEAN.key(), StepFigure.STEP_SECONDS.key());
            assertThat(RecordedOutlet.published(outlet))
                    .extracting(RecordedOutlet.Published::version)
                    .containsExactly(new WeightsVersion(1, 0), new WeightsVersion(1, 1), new WeightsVersion(1, 2));
            assertThat(RecordedOutlet.published(outlet).subList(1, 3))
                    .extracting(RecordedOutlet.Published::hash)
                    .isEqualTo(hashes(steps))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void publishesTheLastOfSeveralStepsAndTheVeryLast() throws Exception {
        TrainerOperator inPairs =
                new TrainerOperator("run", TestBatches.inPairs(5), FakeLearner::create, RecordedOutlet.named(outlet));
        try (var operator = Harness.start(new OneInputStreamOperatorTestHarness<>(inPairs))) {
            train(operator, 1, 2, 3, 4, 5);

            assertThat(Harness.drain(operator)).extracting(Step::getStep).containsExactly(1L, 2L, 3L, 4L, 5L);
            assertThat(RecordedOutlet.published(outlet))
                    .extracting(published -> published.version().version())
                    .containsExactly(0L, 2L, 4L, 5L);
        }
    }

    @Test
    void endsEachTrainedGroupOnce() throws Exception {
        try (var operator = Harness.start(operator(100))) {
            train(operator, 1);

            assertThat(Harness.drain(operator, OUTCOMES))
                    .extracting(
                            Outcome::getGroupId,
                            Outcome::getCompletionId,
                            Outcome::getKind,
                            Outcome::getStep,
                            Outcome::getCompletions)
                    .containsExactly(
                            tuple("run/0/a1", null, OutcomeKind.TRAINED, 1L, 1),
                            tuple("run/0/b1", null, OutcomeKind.TRAINED, 1L, 2));
        }
    }

    @Test
    void recomputesTheUnfinishedStepBitForBit() throws Exception {
        OperatorSubtaskState snapshot;
        try (var operator = Harness.start(operator(100))) {
            train(operator, 1);
            operator.processElement(part(2, 0), 0);
            operator.processElement(part(2, 1), 0);
            snapshot = operator.snapshot(1, 1);
            operator.processElement(part(2, 2), 0);
        }
        try (var operator = Harness.start(operator(100), snapshot)) {
            pass(operator);
            operator.processElement(part(2, 2), 0);
            train(operator, 3);

            List<Step> steps = Harness.drain(operator);
            assertThat(steps)
                    .extracting(Step::getStep, Step::getIncarnation)
                    .containsExactly(tuple(2L, 2L), tuple(3L, 2L));
            assertThat(hashes(steps))
                    .isEqualTo(hashesOfAnUninterruptedRun(1, 2, 3).subList(1, 3));
        }
    }

    @Test
    void elementsThatComeBeforeTheRecomputationKeepTheOrder() throws Exception {
        OperatorSubtaskState snapshot;
        try (var operator = Harness.start(operator(100))) {
            operator.processElement(part(1, 0), 0);
            operator.processElement(part(1, 1), 0);
            snapshot = operator.snapshot(1, 1);
        }
        try (var operator = Harness.start(operator(100), snapshot)) {
            operator.processElement(part(1, 2), 0);
            pass(operator);
            train(operator, 2);

            assertThat(hashes(Harness.drain(operator))).isEqualTo(hashesOfAnUninterruptedRun(1, 2));
        }
    }

    @Test
    void aNewIncarnationSupersedesEverythingEverPublished() throws Exception {
        OperatorSubtaskState snapshot;
        try (var operator = Harness.start(operator(100))) {
            snapshot = operator.snapshot(1, 1);
        }
        Harness.start(operator(100), snapshot).close();
        try (var operator = Harness.start(operator(100), snapshot)) {
            assertThat(operator.extractOutputValues()).isEmpty();
        }
        assertThat(RecordedOutlet.published(outlet))
                .extracting(RecordedOutlet.Published::version)
                .containsExactly(new WeightsVersion(1, 0), new WeightsVersion(2, 0), new WeightsVersion(3, 0));
    }

    @Test
    void keepsWhatComesAfterTheLastStepForAResumeWithMore() throws Exception {
        OperatorSubtaskState snapshot;
        try (var operator = Harness.start(operator(1))) {
            train(operator, 1, 2);
            operator.processElement(part(3, 0), 0);
            assertThat(Harness.drain(operator)).extracting(Step::getStep).containsExactly(1L);
            snapshot = operator.snapshot(1, 1);
        }
        try (var operator = Harness.start(operator(1), snapshot)) {
            pass(operator);
            assertThat(Harness.drain(operator)).isEmpty();
            snapshot = operator.snapshot(2, 2);
        }
        try (var operator = Harness.start(operator(100), snapshot)) {
            pass(operator);
            List<Step> steps = new ArrayList<>(Harness.drain(operator));
            assertThat(steps).extracting(Step::getStep).containsExactly(2L);
            operator.processElement(part(3, 1), 0);
            operator.processElement(part(3, 2), 0);
            steps.addAll(Harness.drain(operator));

            assertThat(hashes(steps))
                    .isEqualTo(hashesOfAnUninterruptedRun(1, 2, 3).subList(1, 3));
        }
    }

    @Test
    void readsTheStateOfFormerReleases() throws Exception {
        OperatorSubtaskState old = StateFixture.of(OperatorIdentity.TRAINER, () -> {
            try (var operator = Harness.start(operator(100))) {
                train(operator, 1);
                operator.processElement(part(2, 0), 0);
                return operator.snapshot(1, 1);
            }
        });
        try (var operator = Harness.start(operator(100), old)) {
            pass(operator);
            operator.processElement(part(2, 1), 0);
            operator.processElement(part(2, 2), 0);

            assertThat(hashes(Harness.drain(operator)))
                    .isEqualTo(hashesOfAnUninterruptedRun(1, 2).subList(1, 2));
        }
    }
}
