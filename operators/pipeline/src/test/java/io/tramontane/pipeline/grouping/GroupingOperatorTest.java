package io.tramontane.pipeline.grouping;

import static io.tramontane.pipeline.SideOutputs.OUTCOMES;
import static io.tramontane.pipeline.SideOutputs.REQUESTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tramontane.pipeline.Harness;
import io.tramontane.pipeline.OperatorIdentity;
import io.tramontane.pipeline.PromptRequest;
import io.tramontane.pipeline.StateFixture;
import io.tramontane.pipeline.TestCompletion;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.DropReason;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.GroupFate;
import io.tramontane.schemas.Outcome;
import io.tramontane.schemas.ScoredCompletion;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("try") // closing a harness may be interrupted
class GroupingOperatorTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Duration MEMORY = Duration.ofHours(1);
    private static final long AMPLE = 1 << 20;
    /** Less than one completion takes. */
    private static final long NOTHING = 1;

    private static KeyedTwoInputStreamOperatorTestHarness<String, ScoredCompletion, Completion, Group> operator(
            long heapBytes, int parallelism, int subtask) throws Exception {
        return operator(heapBytes, parallelism, subtask, AtDeadline.END);
    }

    private static KeyedTwoInputStreamOperatorTestHarness<String, ScoredCompletion, Completion, Group> asking(
            long heapBytes) throws Exception {
        return operator(heapBytes, 1, 0, AtDeadline.ASK_ONCE);
    }

    private static KeyedTwoInputStreamOperatorTestHarness<String, ScoredCompletion, Completion, Group> operator(
            long heapBytes, int parallelism, int subtask, AtDeadline atDeadline) throws Exception {
        return new KeyedTwoInputStreamOperatorTestHarness<>(
                new GroupingOperator(new GroupingSettings(DEADLINE, MEMORY, heapBytes), atDeadline),
                scored -> scored.getCompletion().getGroupId(),
                Completion::getGroupId,
                Types.STRING,
                128,
                parallelism,
                subtask);
    }

    private static KeyedTwoInputStreamOperatorTestHarness<String, ScoredCompletion, Completion, Group> operator(
            long heapBytes) throws Exception {
        return operator(heapBytes, 1, 0);
    }

    private static List<Integer> samples(Group group) {
        return group.getCompletions().stream()
                .map(scored -> scored.getCompletion().getSampleIndex())
                .toList();
    }

    private static void offer(
            KeyedTwoInputStreamOperatorTestHarness<String, ScoredCompletion, Completion, Group> operator,
            String problem,
            int... samples)
            throws Exception {
        for (int sample : samples) {
            operator.processElement1(TestCompletion.of(problem, sample).scored(), 0);
        }
    }

    @Test
    void emitsACompleteGroupInOrderOfSamples() throws Exception {
        try (var operator = Harness.start(operator(AMPLE))) {
            offer(operator, "a", 2, 0, 3);
            assertThat(operator.extractOutputValues()).isEmpty();
            offer(operator, "a", 1);

            assertThat(operator.extractOutputValues()).singleElement().satisfies(group -> {
                assertThat(group.getFate()).isEqualTo(GroupFate.TRAINABLE);
                assertThat(group.getGroupId()).isEqualTo("run/0/a");
                assertThat(samples(group)).containsExactly(0, 1, 2, 3);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {AMPLE, NOTHING})
    void continuesOpenGroupsAfterARestore(long heapBytes) throws Exception {
        OperatorSubtaskState snapshot;
        try (var operator = Harness.start(operator(heapBytes))) {
            offer(operator, "a", 0, 1);
            offer(operator, "b", 3);
            operator.snapshot(1, 1);
            offer(operator, "a", 3);
            offer(operator, "c", 0, 1, 2, 3);
            snapshot = operator.snapshot(2, 2);
            offer(operator, "a", 2);
        }
        try (var operator = Harness.start(operator(heapBytes), snapshot)) {
            offer(operator, "a", 2);
            offer(operator, "b", 2, 1, 0);

            assertThat(Harness.drain(operator))
                    .extracting(Group::getGroupId, GroupingOperatorTest::samples)
                    .containsExactly(tuple("run/0/a", List.of(0, 1, 2, 3)), tuple("run/0/b", List.of(0, 1, 2, 3)));

            offer(operator, "c", 1);
            assertThat(Harness.drain(operator, OUTCOMES))
                    .extracting(Outcome::getCompletionId, Outcome::getDropReason)
                    .containsExactly(tuple("run/0/c/1", DropReason.DUPLICATE));
        }
    }

    @Test
    void keepsTheHeapWithinItsBoundAndLosesNothing() throws Exception {
        int groups = 50;
        try (var operator = Harness.start(operator(20_000))) {
            for (int sample = 0; sample < TestCompletion.GROUP_SIZE; sample++) {
                for (int group = 0; group < groups; group++) {
                    offer(operator, "p" + group, sample);
                }
            }
            assertThat(Harness.drain(operator))
                    .hasSize(groups)
                    .allSatisfy(group -> assertThat(samples(group)).containsExactly(0, 1, 2, 3));
            try (var left = operator.getOperator()
                    .<String>getKeyedStateBackend()
                    .getKeys("open-completions", VoidNamespace.INSTANCE)) {
                assertThat(left).isEmpty();
            }
        }
    }

    @Test
    void endsAGroupAtItsDeadlineAndTheRestWithItsReason() throws Exception {
        try (var operator = Harness.start(operator(AMPLE))) {
            operator.setProcessingTime(1_000);
            offer(operator, "a", 0, 1);
            operator.setProcessingTime(30_000);
            offer(operator, "b", 0);
            operator.setProcessingTime(1_000 + DEADLINE.toMillis());
            offer(operator, "a", 2);

            assertThat(Harness.drain(operator)).singleElement().satisfies(group -> {
                assertThat(group.getGroupId()).isEqualTo("run/0/a");
                assertThat(group.getFate()).isEqualTo(GroupFate.INCOMPLETE);
                assertThat(samples(group)).containsExactly(0, 1);
            });
            assertThat(Harness.drain(operator, OUTCOMES)).singleElement().satisfies(outcome -> {
                assertThat(outcome.getCompletionId()).isEqualTo("run/0/a/2");
                assertThat(outcome.getDropReason()).isEqualTo(DropReason.INCOMPLETE);
                assertThat(outcome.getCompletions()).isEqualTo(1);
            });

            operator.setProcessingTime(30_000 + DEADLINE.toMillis());
            assertThat(Harness.drain(operator)).extracting(Group::getGroupId).containsExactly("run/0/b");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {AMPLE, NOTHING})
    void asksForMissingSamplesOnceAndCompletesTheGroupWithThem(long heapBytes) throws Exception {
        try (var operator = Harness.start(asking(heapBytes))) {
            operator.setProcessingTime(1_000);
            offer(operator, "a", 0, 2);
            operator.setProcessingTime(2_000);
            offer(operator, "b", 1);
            operator.setProcessingTime(1_000 + DEADLINE.toMillis());
            assertThat(Harness.drain(operator, REQUESTS)).singleElement().satisfies(request -> {
                assertThat(request.runId()).isEqualTo(TestCompletion.RUN);
                assertThat(request.groupId()).isEqualTo("run/0/a");
                assertThat(request.samples()).containsExactly(1, 3);
            });
            operator.setProcessingTime(2_000 + DEADLINE.toMillis());
            assertThat(Harness.drain(operator, REQUESTS))
                    .extracting(PromptRequest::groupId)
                    .containsExactly("run/0/b");
            assertThat(operator.extractOutputValues()).isEmpty();

            offer(operator, "a", 3, 1);
            assertThat(Harness.drain(operator)).singleElement().satisfies(group -> {
                assertThat(group.getFate()).isEqualTo(GroupFate.TRAINABLE);
                assertThat(samples(group)).containsExactly(0, 1, 2, 3);
            });

            operator.setProcessingTime(2_000 + 2 * DEADLINE.toMillis());
            assertThat(Harness.drain(operator))
                    .extracting(Group::getGroupId, Group::getFate)
                    .containsExactly(tuple("run/0/b", GroupFate.INCOMPLETE));
            assertThat(Harness.drain(operator, REQUESTS)).isEmpty();
            assertThat(askedFor(operator)).isEmpty();
        }
    }

    @Test
    void asksOnceAlsoAcrossARestore() throws Exception {
        OperatorSubtaskState snapshot;
        try (var operator = Harness.start(asking(AMPLE))) {
            operator.setProcessingTime(0);
            offer(operator, "a", 0);
            operator.setProcessingTime(DEADLINE.toMillis());
            assertThat(Harness.drain(operator, REQUESTS)).hasSize(1);
            offer(operator, "b", 0);
            snapshot = operator.snapshot(1, 1);
        }
        try (var operator = asking(AMPLE)) {
            operator.setProcessingTime(500_000);
            Harness.start(operator, snapshot);
            operator.setProcessingTime(500_000 + DEADLINE.toMillis());
            assertThat(Harness.drain(operator, REQUESTS))
                    .extracting(PromptRequest::groupId)
                    .containsExactly("run/0/b");
            assertThat(Harness.drain(operator))
                    .extracting(Group::getGroupId, Group::getFate)
                    .containsExactly(tuple("run/0/a", GroupFate.INCOMPLETE));
        }
    }

    @Test
    void asksForNothingWhenTheInputEnds() throws Exception {
        try (var operator = Harness.start(asking(AMPLE))) {
            offer(operator, "a", 0);
            operator.endAllInputs();

            assertThat(Harness.drain(operator, REQUESTS)).isEmpty();
            assertThat(operator.extractOutputValues())
                    .extracting(Group::getFate)
                    .containsExactly(GroupFate.INCOMPLETE);
        }
    }

    private static List<String> askedFor(
            KeyedTwoInputStreamOperatorTestHarness<String, ScoredCompletion, Completion, Group> operator) {
        try (var keys = operator.getOperator()
                .<String>getKeyedStateBackend()
                .getKeys("asked-for-missing-samples", VoidNamespace.INSTANCE)) {
            return keys.toList();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {AMPLE, NOTHING})
    void givesOpenGroupsTheFullDeadlineAgainAfterARestore(long heapBytes) throws Exception {
        OperatorSubtaskState snapshot;
        try (var operator = Harness.start(operator(heapBytes))) {
            offer(operator, "a", 0);
            offer(operator, "b", 0);
            snapshot = operator.snapshot(1, 1);
        }
        try (var operator = operator(heapBytes)) {
            operator.setProcessingTime(500_000);
            Harness.start(operator, snapshot);
            operator.setProcessingTime(500_000 + DEADLINE.toMillis() - 1);
            assertThat(operator.extractOutputValues()).isEmpty();
            operator.setProcessingTime(500_000 + DEADLINE.toMillis());
            assertThat(operator.extractOutputValues())
                    .extracting(Group::getFate)
                    .containsExactly(GroupFate.INCOMPLETE, GroupFate.INCOMPLETE);
        }
    }

    @Test
    void endsAGroupWithItsFirstStaleCompletion() throws Exception {
        try (var operator = Harness.start(operator(AMPLE))) {
            offer(operator, "a", 0);
            operator.processElement2(TestCompletion.of("a", 1).completion(), 0);
            offer(operator, "a", 2);
            operator.processElement2(TestCompletion.of("a", 3).completion(), 0);

            assertThat(Harness.drain(operator)).singleElement().satisfies(group -> {
                assertThat(group.getFate()).isEqualTo(GroupFate.STALE);
                assertThat(samples(group)).containsExactly(0, 1);
            });
            assertThat(Harness.drain(operator, OUTCOMES))
                    .extracting(Outcome::getCompletionId, Outcome::getDropReason)
                    .containsExactly(tuple("run/0/a/2", DropReason.STALE), tuple("run/0/a/3", DropReason.STALE));
        }
    }

    @Test
    void dropsWhatDoesNotFitTheGroup() throws Exception {
        try (var operator = Harness.start(operator(AMPLE))) {
            offer(operator, "a", 0, 0);
            operator.processElement1(TestCompletion.of("a", 1).groupSize(8).scored(), 0);

            assertThat(Harness.drain(operator, OUTCOMES))
                    .extracting(Outcome::getCompletionId, Outcome::getDropReason)
                    .containsExactly(
                            tuple("run/0/a/0", DropReason.DUPLICATE), tuple("run/0/a/1", DropReason.MALFORMED));
        }
    }

    @Test
    void endsOpenGroupsWithTheInput() throws Exception {
        try (var operator = Harness.start(operator(NOTHING))) {
            offer(operator, "a", 0);
            offer(operator, "b", 1);
            operator.endAllInputs();

            assertThat(operator.extractOutputValues())
                    .extracting(Group::getFate)
                    .containsExactly(GroupFate.INCOMPLETE, GroupFate.INCOMPLETE);
        }
    }

    @Test
    void rescales() throws Exception {
        List<String> problems =
                IntStream.range(0, 20).mapToObj(problem -> "p" + problem).toList();
        OperatorSubtaskState one;
        try (var operator = Harness.start(operator(AMPLE))) {
            for (String problem : problems) {
                offer(operator, problem, 0, 1);
            }
            one = operator.snapshot(1, 1);
        }
        int finished = 0;
        for (int subtask = 0; subtask < 2; subtask++) {
            OperatorSubtaskState part =
                    AbstractStreamOperatorTestHarness.repartitionOperatorState(one, 128, 1, 2, subtask);
            try (var operator = Harness.start(operator(AMPLE, 2, subtask), part)) {
                operator.endAllInputs();
                assertThat(operator.extractOutputValues())
                        .allSatisfy(group -> assertThat(samples(group)).containsExactly(0, 1));
                finished += operator.extractOutputValues().size();
            }
        }
        assertThat(finished).isEqualTo(problems.size());
    }

    @Test
    void forgetsClosedGroupsAfterAWhile() throws Exception {
        try (var operator = Harness.start(operator(AMPLE))) {
            operator.setStateTtlProcessingTime(0);
            offer(operator, "a", 0, 1, 2, 3);
            operator.setStateTtlProcessingTime(MEMORY.toMillis() - 1);
            offer(operator, "a", 0);
            assertThat(Harness.drain(operator, OUTCOMES)).hasSize(1);

            operator.setStateTtlProcessingTime(MEMORY.toMillis() + 1);
            offer(operator, "a", 0);
            assertThat(Harness.drain(operator, OUTCOMES)).isEmpty();
        }
    }

    @Test
    void readsTheStateOfFormerReleases() throws Exception {
        OperatorSubtaskState old = StateFixture.of(OperatorIdentity.GROUPING, () -> {
            try (var operator = Harness.start(operator(AMPLE))) {
                offer(operator, "a", 0, 2);
                offer(operator, "b", 0, 1, 2, 3);
                return operator.snapshot(1, 1);
            }
        });
        try (var operator = Harness.start(operator(AMPLE), old)) {
            offer(operator, "a", 1, 3);
            offer(operator, "b", 0);

            assertThat(Harness.drain(operator))
                    .singleElement()
                    .satisfies(group -> assertThat(samples(group)).containsExactly(0, 1, 2, 3));
            assertThat(Harness.drain(operator, OUTCOMES))
                    .extracting(Outcome::getDropReason)
                    .containsExactly(DropReason.DUPLICATE);
        }
    }
}
