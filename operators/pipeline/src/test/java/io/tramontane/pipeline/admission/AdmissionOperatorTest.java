package io.tramontane.pipeline.admission;

import static io.tramontane.pipeline.SideOutputs.OUTCOMES;
import static io.tramontane.pipeline.SideOutputs.STALE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tramontane.pipeline.Harness;
import io.tramontane.pipeline.OperatorIdentity;
import io.tramontane.pipeline.StalenessSettings;
import io.tramontane.pipeline.StateFixture;
import io.tramontane.pipeline.TestCompletion;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.DropReason;
import io.tramontane.schemas.Outcome;
import io.tramontane.schemas.WeightSpan;
import io.tramontane.schemas.WeightsManifest;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // closing a harness may be interrupted
class AdmissionOperatorTest {

    private static final Duration MEMORY = Duration.ofHours(1);

    private static KeyedTwoInputStreamOperatorTestHarness<String, Completion, WeightsManifest, Completion> operator()
            throws Exception {
        return operator(1_000);
    }

    private static KeyedTwoInputStreamOperatorTestHarness<String, Completion, WeightsManifest, Completion> operator(
            int groupsOnHeap) throws Exception {
        return new KeyedTwoInputStreamOperatorTestHarness<>(
                new AdmissionOperator(new StalenessSettings(4), new AdmissionSettings(MEMORY), groupsOnHeap),
                Completion::getGroupId,
                null,
                Types.STRING,
                128,
                1,
                0);
    }

    private static WeightsManifest manifest(long incarnation, long version) {
        return WeightsManifest.newBuilder()
                .setRunId(TestCompletion.RUN)
                .setIncarnation(incarnation)
                .setVersion(version)
                .setTensors(List.of())
                .setTotalBytes(0L)
                .setChunkCount(0)
                .setFirstOffset(0L)
                .setCrc32c(0L)
                .setWeightsHash("")
                .setPublishedAt(0L)
                .build();
    }

    @Test
    void letsEachCompletionPassOnce() throws Exception {
        try (var operator = Harness.start(operator())) {
            operator.processElement1(TestCompletion.of("a", 0).completion(), 0);
            operator.processElement1(TestCompletion.of("a", 1).completion(), 0);
            operator.processElement1(TestCompletion.of("b", 0).completion(), 0);
            operator.processElement1(TestCompletion.of("a", 0).completion(), 0);

            assertThat(Harness.drain(operator))
                    .extracting(Completion::getCompletionId)
                    .containsExactly("run/0/a/0", "run/0/a/1", "run/0/b/0");
            assertThat(Harness.drain(operator, OUTCOMES))
                    .extracting(Outcome::getCompletionId, Outcome::getDropReason, Outcome::getCompletions)
                    .containsExactly(tuple("run/0/a/0", DropReason.DUPLICATE, 1));
        }
    }

    @Test
    void sendsStaleCompletionsAndTheRestOfTheirGroupAside() throws Exception {
        try (var operator = Harness.start(operator())) {
            operator.processElement2(manifest(1, 10), 0);
            operator.processElement1(TestCompletion.of("a", 0).version(6).completion(), 0);
            operator.processElement1(
                    TestCompletion.of("a", 1)
                            .spans(new WeightSpan(1L, 5L, 0, 1), new WeightSpan(1L, 9L, 1, 3))
                            .completion(),
                    0);
            operator.processElement1(TestCompletion.of("a", 2).version(10).completion(), 0);
            operator.processElement1(TestCompletion.of("b", 0).version(10).completion(), 0);

            assertThat(Harness.drain(operator))
                    .extracting(Completion::getCompletionId)
                    .containsExactly("run/0/a/0", "run/0/b/0");
            assertThat(Harness.drain(operator, STALE))
                    .extracting(Completion::getCompletionId)
                    .containsExactly("run/0/a/1", "run/0/a/2");
        }
    }

    @Test
    void followsTheNewestIncarnationEvenToASmallerVersion() throws Exception {
        try (var operator = Harness.start(operator())) {
            operator.processElement2(manifest(1, 20), 0);
            operator.processElement2(manifest(2, 8), 0);
            operator.processElement2(manifest(1, 21), 0);
            operator.processElement1(TestCompletion.of("a", 0).version(4).completion(), 0);

            assertThat(Harness.drain(operator)).hasSize(1);
        }
    }

    @Test
    void remembersAcrossARestore() throws Exception {
        OperatorSubtaskState snapshot;
        try (var operator = Harness.start(operator())) {
            operator.processElement2(manifest(1, 10), 0);
            operator.processElement1(TestCompletion.of("a", 0).version(10).completion(), 0);
            operator.processElement1(TestCompletion.of("b", 0).version(1).completion(), 0);
            snapshot = operator.snapshot(1, 1);
        }
        try (var operator = Harness.start(operator(), snapshot)) {
            operator.processElement1(TestCompletion.of("a", 0).version(10).completion(), 0);
            operator.processElement1(TestCompletion.of("a", 1).version(1).completion(), 0);
            operator.processElement1(TestCompletion.of("b", 1).version(10).completion(), 0);

            assertThat(Harness.drain(operator, OUTCOMES))
                    .extracting(Outcome::getCompletionId)
                    .containsExactly("run/0/a/0");
            assertThat(Harness.drain(operator, STALE))
                    .extracting(Completion::getCompletionId)
                    .containsExactly("run/0/a/1", "run/0/b/1");
            assertThat(Harness.drain(operator)).isEmpty();
        }
    }

    @Test
    void forgetsAfterAWhile() throws Exception {
        try (var operator = Harness.start(operator())) {
            operator.setStateTtlProcessingTime(0);
            operator.setProcessingTime(0);
            operator.processElement1(TestCompletion.of("a", 0).completion(), 0);
            operator.setStateTtlProcessingTime(MEMORY.toMillis() + 1);
            operator.setProcessingTime(MEMORY.toMillis() + 1);
            operator.processElement1(TestCompletion.of("a", 0).completion(), 0);

            assertThat(Harness.drain(operator)).hasSize(2);
        }
    }

    @Test
    void forgetsAfterAWhileAcrossARestore() throws Exception {
        OperatorSubtaskState snapshot;
        try (var operator = Harness.start(operator())) {
            operator.setStateTtlProcessingTime(0);
            operator.processElement1(TestCompletion.of("a", 0).completion(), 0);
            snapshot = operator.snapshot(1, 1);
        }
        var restored = operator();
        restored.setStateTtlProcessingTime(MEMORY.toMillis() + 1);
        try (var operator = Harness.start(restored, snapshot)) {
            operator.processElement1(TestCompletion.of("a", 0).completion(), 0);

            assertThat(Harness.drain(operator)).hasSize(1);
        }
    }

    @Test
    void remembersGroupsThatHaveLeftTheHeap() throws Exception {
        OperatorSubtaskState snapshot;
        try (var operator = Harness.start(operator(1))) {
            for (int round = 0; round < 2; round++) {
                for (String group : List.of("a", "b", "c")) {
                    operator.processElement1(TestCompletion.of(group, round).completion(), 0);
                }
            }
            operator.processElement1(TestCompletion.of("a", 0).completion(), 0);
            operator.processElement1(TestCompletion.of("b", 1).completion(), 0);
            assertThat(Harness.drain(operator)).hasSize(6);
            assertThat(Harness.drain(operator, OUTCOMES))
                    .extracting(Outcome::getCompletionId)
                    .containsExactly("run/0/a/0", "run/0/b/1");
            snapshot = operator.snapshot(1, 1);
        }
        try (var operator = Harness.start(operator(1), snapshot)) {
            for (String group : List.of("a", "b", "c")) {
                operator.processElement1(TestCompletion.of(group, 0).completion(), 0);
                operator.processElement1(TestCompletion.of(group, 1).completion(), 0);
            }

            assertThat(Harness.drain(operator)).isEmpty();
            assertThat(Harness.drain(operator, OUTCOMES)).hasSize(6);
        }
    }

    @Test
    void aSecondCheckpointHoldsWhatChangedAfterTheFirst() throws Exception {
        OperatorSubtaskState snapshot;
        try (var operator = Harness.start(operator())) {
            operator.processElement1(TestCompletion.of("a", 0).completion(), 0);
            operator.snapshot(1, 1);
            operator.processElement1(TestCompletion.of("a", 1).completion(), 0);
            operator.processElement1(TestCompletion.of("b", 0).completion(), 0);
            snapshot = operator.snapshot(2, 2);
        }
        try (var operator = Harness.start(operator(), snapshot)) {
            operator.processElement1(TestCompletion.of("a", 0).completion(), 0);
            operator.processElement1(TestCompletion.of("a", 1).completion(), 0);
            operator.processElement1(TestCompletion.of("b", 0).completion(), 0);
            operator.processElement1(TestCompletion.of("b", 1).completion(), 0);

            assertThat(Harness.drain(operator))
                    .extracting(Completion::getCompletionId)
                    .containsExactly("run/0/b/1");
        }
    }

    /** Each of the new subtasks must find the memory of the groups that are its own now. */
    @Test
    void remembersAcrossRescaling() throws Exception {
        OperatorSubtaskState snapshot;
        try (var operator = Harness.start(operator())) {
            for (int group = 0; group < 20; group++) {
                operator.processElement1(TestCompletion.of("g" + group, 0).completion(), 0);
            }
            snapshot = operator.snapshot(1, 1);
        }
        int duplicates = 0;
        for (int subtask = 0; subtask < 2; subtask++) {
            var half = new KeyedTwoInputStreamOperatorTestHarness<>(
                    new AdmissionOperator(new StalenessSettings(4), new AdmissionSettings(MEMORY)),
                    Completion::getGroupId,
                    null,
                    Types.STRING,
                    128,
                    2,
                    subtask);
            var state = AbstractStreamOperatorTestHarness.repartitionOperatorState(snapshot, 128, 1, 2, subtask);
            try (var operator = Harness.start(half, state)) {
                for (int group = 0; group < 20; group++) {
                    Completion again = TestCompletion.of("g" + group, 0).completion();
                    if (KeyGroupRangeAssignment.assignKeyToParallelOperator(again.getGroupId(), 128, 2) == subtask) {
                        operator.processElement1(again, 0);
                    }
                }
                assertThat(Harness.drain(operator)).isEmpty();
                duplicates += Harness.drain(operator, OUTCOMES).size();
            }
        }
        assertThat(duplicates).isEqualTo(20);
    }

    @Test
    void readsTheStateOfFormerReleases() throws Exception {
        OperatorSubtaskState old = StateFixture.of(OperatorIdentity.ADMISSION, () -> {
            try (var operator = Harness.start(operator())) {
                operator.processElement2(manifest(1, 10), 0);
                operator.processElement1(TestCompletion.of("a", 0).version(10).completion(), 0);
                operator.processElement1(TestCompletion.of("b", 0).version(1).completion(), 0);
                return operator.snapshot(1, 1);
            }
        });
        try (var operator = Harness.start(operator(), old)) {
            operator.processElement1(TestCompletion.of("a", 0).version(10).completion(), 0);
            operator.processElement1(TestCompletion.of("b", 1).version(10).completion(), 0);
            operator.processElement1(TestCompletion.of("c", 0).version(5).completion(), 0);

            assertThat(Harness.drain(operator, OUTCOMES)).hasSize(1);
            assertThat(Harness.drain(operator, STALE)).hasSize(2);
        }
    }
}
