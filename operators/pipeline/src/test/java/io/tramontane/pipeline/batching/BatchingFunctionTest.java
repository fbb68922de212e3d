package io.tramontane.pipeline.batching;

import static io.tramontane.pipeline.SideOutputs.OUTCOMES;
import static io.tramontane.pipeline.batching.BatchAssemblerTest.group;
import static io.tramontane.pipeline.batching.BatchAssemblerTest.pair;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tramontane.pipeline.Harness;
import io.tramontane.pipeline.OperatorIdentity;
import io.tramontane.pipeline.StalenessSettings;
import io.tramontane.pipeline.StateFixture;
import io.tramontane.pipeline.TestCompletion;
import io.tramontane.policy.grpo.AdvantageNormalisation;
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
        return new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(new BatchingFunction(
                new BatchingSettings(4, 10, AdvantageNormalisation.MINIBATCH),
                new StalenessSettings(maximumLag),
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
                    .allSatisfy(part -> assertThat(part.batch()).isEqualTo(2));
            assertThat(microBatches.get(1).summary().groupIds()).containsExactly("run/0/c", "run/0/d");
            assertThat(microBatches.get(1).summary().statistics().zeroVarianceGroups())
                    .isEqualTo(1);
        }
    }
}
