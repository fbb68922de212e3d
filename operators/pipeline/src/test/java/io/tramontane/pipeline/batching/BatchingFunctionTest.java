package io.tramontane.pipeline.batching;

import static io.tramontane.pipeline.SideOutputs.OUTCOMES;
import static io.tramontane.pipeline.SideOutputs.PROGRESS;
import static io.tramontane.pipeline.batching.BatchAssemblerTest.group;
import static io.tramontane.pipeline.batching.BatchAssemblerTest.pair;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tramontane.pipeline.Harness;
import io.tramontane.pipeline.OperatorIdentity;
import io.tramontane.pipeline.PromptRequest;
import io.tramontane.pipeline.StalenessSettings;
import io.tramontane.pipeline.StateFixture;
import io.tramontane.pipeline.TestCompletion;
import io.tramontane.pipeline.curriculum.Curriculum;
import io.tramontane.pipeline.curriculum.ProgressFigure;
import io.tramontane.pipeline.curriculum.Stage;
import io.tramontane.pipeline.curriculum.StageEnd;
import io.tramontane.pipeline.curriculum.StepProgress;
import io.tramontane.policy.objective.AdvantageNormalisation;
import io.tramontane.schemas.DropReason;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.Outcome;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // closing a harness may be interrupted
class BatchingFunctionTest {

    private static OneInputStreamOperatorTestHarness<Group, MicroBatch> operator(long maximumLag) throws Exception {
        return operator(maximumLag, 1);
    }

    private static OneInputStreamOperatorTestHarness<Group, MicroBatch> operator(long maximumLag, long firstBatch)
            throws Exception {
        return operator(maximumLag, Curriculum.none(8, 4, 1), firstBatch);
    }

    private static OneInputStreamOperatorTestHarness<Group, MicroBatch> operator(long maximumLag, Curriculum curriculum)
            throws Exception {
        return operator(maximumLag, curriculum, 1);
    }

    private static OneInputStreamOperatorTestHarness<Group, MicroBatch> operator(
            long maximumLag, Curriculum curriculum, long firstBatch) throws Exception {
        return new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(new BatchingFunction(
                new BatchingSettings(4, 10, AdvantageNormalisation.MINIBATCH),
                new StalenessSettings(maximumLag),
                curriculum,
                firstBatch)));
    }

    @Test
    void emitsMicroBatchesWhenABatchIsFull() throws Exception {
        try (var operator = Harness.start(operator(4))) {
            operator.processElement(pair("a", 1), 0);
            operator.processElement(pair("zero", 0), 0);
            assertThat(Harness.drain(operator)).isEmpty();
            operator.processElement(pair("b", 1), 0);

            assertThat(Harness.drain(operator))
                    .extracting(MicroBatch::batch, MicroBatch::index, MicroBatch::count)
                    .containsExactly(tuple(1L, 0, 2), tuple(1L, 1, 2));
            assertThat(Harness.drain(operator, OUTCOMES)).isEmpty();
        }
    }

    @Test
    void endsGroupsThatHaveBecomeStale() throws Exception {
        try (var operator = Harness.start(operator(0))) {
            operator.processElement(pair("a", 1), 0);
            operator.processElement(pair("b", 1), 0);
            operator.processElement(pair("c", 1), 0);

            assertThat(Harness.drain(operator)).hasSize(2);
            assertThat(Harness.drain(operator, OUTCOMES))
                    .extracting(
                            Outcome::getGroupId,
                            Outcome::getCompletionId,
                            Outcome::getDropReason,
                            Outcome::getCompletions)
                    .containsExactly(tuple("run/0/c", null, DropReason.STALE, 2));
        }
    }

    @Test
    void aForkCountsItsBatchesOnFromTheStepItBeginsAfter() throws Exception {
        OperatorSubtaskState snapshot;
        try (var operator = Harness.start(operator(20, 13))) {
            operator.processElement(pair("a", 1), 0);
            operator.processElement(pair("b", 1), 0);
            assertThat(Harness.drain(operator))
                    .isNotEmpty()
                    .extracting(MicroBatch::batch)
                    .containsOnly(13L);
            snapshot = operator.snapshot(1, 1);
        }
        try (var operator = Harness.start(operator(20, 13), snapshot)) {
            operator.processElement(pair("c", 1), 0);
            operator.processElement(pair("d", 1), 0);
            assertThat(Harness.drain(operator))
                    .isNotEmpty()
                    .extracting(MicroBatch::batch)
                    .containsOnly(14L);
        }
    }

    @Test
    void continuesABatchAfterARestore() throws Exception {
        List<MicroBatch> expected;
        OperatorSubtaskState snapshot;
        try (var operator = Harness.start(operator(4))) {
            operator.processElement(pair("a", 1), 0);
            operator.processElement(pair("b", 1), 0);
            operator.processElement(pair("zero", 0), 0);
            operator.processElement(pair("c", 2), 0);
            Harness.drain(operator);
            snapshot = operator.snapshot(1, 1);
            operator.processElement(newer("d"), 0);
            expected = Harness.drain(operator);
        }
        try (var operator = Harness.start(operator(4), snapshot)) {
            operator.processElement(newer("d"), 0);

            assertThat(Harness.drain(operator))
                    .isNotEmpty()
                    .usingRecursiveFieldByFieldElementComparator()
                    .isEqualTo(expected);
        }
    }

    private static Group newer(String problem) {
        return group(
                problem,
                TestCompletion.of(problem, 0).groupSize(2).version(1).reward(1),
                TestCompletion.of(problem, 1).groupSize(2).version(1));
    }

    @Test
    void tellsTheSchedulerWhatABatchCameToWhereStagesFollow() throws Exception {
        try (var operator = Harness.start(operator(4, TWO_STAGES))) {
            operator.processElement(staged("a", 1), 0);
            operator.processElement(pair("zero", 0), 0);
            operator.processElement(staged("b", 1), 0);

            assertThat(Harness.drain(operator, PROGRESS))
                    .extracting(PromptRequest::runId, PromptRequest::isBegin, PromptRequest::progress)
                    .containsExactly(tuple(TestCompletion.RUN, false, new StepProgress(1, 1, 1.0 / 3, 1.0 / 3, 0)));
        }
        try (var operator = Harness.start(operator(4))) {
            operator.processElement(pair("a", 1), 0);
            operator.processElement(pair("b", 1), 0);

            assertThat(Harness.drain(operator, PROGRESS)).isEmpty();
        }
    }

    @Test
    void theStageOfTheBatchInTheMakingSurvivesARestore() throws Exception {
        OperatorSubtaskState snapshot = StateFixture.of(2, OperatorIdentity.BATCHING, () -> {
            try (var operator = Harness.start(operator(4, TWO_STAGES))) {
                operator.processElement(staged("a", 1), 0);
                operator.processElement(staged("b", 2), 0);
                operator.processElement(staged("c", 2), 0);
                assertThat(Harness.drain(operator, PROGRESS)).hasSize(1);
                return operator.snapshot(1, 1);
            }
        });
        try (var operator = Harness.start(operator(4, TWO_STAGES), snapshot)) {
            operator.processElement(staged("late", 1), 0);
            assertThat(Harness.drain(operator))
                    .as("a batch of the second stage takes three groups")
                    .isEmpty();
            operator.processElement(staged("d", 2), 0);

            assertThat(Harness.drain(operator))
                    .last()
                    .satisfies(part -> assertThat(part.summary().stage()).isEqualTo(2))
                    .extracting(part -> part.summary().groupIds())
                    .isEqualTo(List.of("run/0/c", "run/0/late", "run/0/d"));
        }
    }

    @Test
    void theTemperatureOfASequenceSurvivesARestore() throws Exception {
        OperatorSubtaskState snapshot = StateFixture.of(3, OperatorIdentity.BATCHING, () -> {
            try (var operator = Harness.start(operator(4))) {
                operator.processElement(atTemperature("a", 0.6f), 0);
                return operator.snapshot(1, 1);
            }
        });
        try (var operator = Harness.start(operator(4), snapshot)) {
            operator.processElement(atTemperature("b", 1), 0);

            assertThat(Harness.drain(operator).stream().flatMap(part -> part.sequences().stream()))
                    .extracting(BatchSequence::temperature)
                    .containsExactlyInAnyOrder(0.6f, 0.6f, 1f, 1f);
        }
    }

    private static Group atTemperature(String problem, float temperature) {
        return group(
                problem,
                TestCompletion.of(problem, 0)
                        .groupSize(2)
                        .temperature(temperature)
                        .reward(1),
                TestCompletion.of(problem, 1).groupSize(2).temperature(temperature));
    }

    private static final Curriculum TWO_STAGES = Curriculum.of(List.of(
            new Stage(8, 8, 4, 4, 8, 0, 1, new StageEnd(5, ProgressFigure.NONE, 0, 1)),
            new Stage(16, 16, 4, 6, 8, 0, 1, StageEnd.NEVER)));

    private static Group staged(String problem, int stage) {
        return group(
                problem,
                TestCompletion.of(problem, 0).groupSize(2).stage(stage).reward(1),
                TestCompletion.of(problem, 1).groupSize(2).stage(stage));
    }

    @Test
    void readsTheStateOfFormerReleases() throws Exception {
        OperatorSubtaskState old = StateFixture.of(OperatorIdentity.BATCHING, () -> {
            try (var operator = Harness.start(operator(4))) {
                operator.processElement(pair("a", 1), 0);
                operator.processElement(pair("b", 1), 0);
                operator.processElement(pair("zero", 0), 0);
                operator.processElement(pair("c", 2), 0);
                return operator.snapshot(1, 1);
            }
        });
        try (var operator = Harness.start(operator(4), old)) {
            operator.processElement(newer("d"), 0);
            List<MicroBatch> microBatches = Harness.drain(operator);

            assertThat(microBatches)
                    .hasSize(2)
                    .allSatisfy(part -> assertThat(part.batch()).isEqualTo(2))
                    .flatExtracting(MicroBatch::sequences)
                    .extracting(BatchSequence::temperature)
                    .as("what the state of older releases lacks")
                    .containsOnly(1f);
            assertThat(microBatches.get(1).summary().groupIds()).containsExactly("run/0/c", "run/0/d");
            assertThat(microBatches.get(1).summary().statistics().zeroVarianceGroups())
                    .isEqualTo(1);
        }
    }
}
