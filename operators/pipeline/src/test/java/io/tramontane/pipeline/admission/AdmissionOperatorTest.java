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
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // closing a harness may be interrupted
class AdmissionFunctionTest {

    private static final Duration MEMORY = Duration.ofHours(1);

    private static KeyedBroadcastOperatorTestHarness<String, Completion, WeightsManifest, Completion> operator()
            throws Exception {
        return new KeyedBroadcastOperatorTestHarness<>(
                new CoBroadcastWithKeyedOperator<>(
                        new AdmissionFunction(new StalenessSettings(4), new AdmissionSettings(MEMORY)),
                        List.of(AdmissionFunction.NEWEST_WEIGHTS)),
                Completion::getGroupId,
                Types.STRING,
                128,
                1,
                0);
    }

    private static WeightsManifest manifest(long incarnation, long version) {
        return new WeightsManifest(TestCompletion.RUN, incarnation, version, List.of(), 0L, 0, 0L, 0L, "", 0L);
    }

    @Test
    void letsEachCompletionPassOnce() throws Exception {
        try (var operator = Harness.start(operator())) {
            operator.processElement(TestCompletion.of("a", 0).completion(), 0);
            operator.processElement(TestCompletion.of("a", 1).completion(), 0);
            operator.processElement(TestCompletion.of("b", 0).completion(), 0);
            operator.processElement(TestCompletion.of("a", 0).completion(), 0);

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
            operator.processBroadcastElement(manifest(1, 10), 0);
            operator.processElement(TestCompletion.of("a", 0).version(6).completion(), 0);
            operator.processElement(
                    TestCompletion.of("a", 1)
                            .spans(new WeightSpan(1L, 5L, 0, 1), new WeightSpan(1L, 9L, 1, 3))
                            .completion(),
                    0);
            operator.processElement(TestCompletion.of("a", 2).version(10).completion(), 0);
            operator.processElement(TestCompletion.of("b", 0).version(10).completion(), 0);

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
            operator.processBroadcastElement(manifest(1, 20), 0);
            operator.processBroadcastElement(manifest(2, 8), 0);
            operator.processBroadcastElement(manifest(1, 21), 0);
            operator.processElement(TestCompletion.of("a", 0).version(4).completion(), 0);

            assertThat(Harness.drain(operator)).hasSize(1);
        }
    }

    @Test
    void remembersAcrossARestore() throws Exception {
        OperatorSubtaskState snapshot;
        try (var operator = Harness.start(operator())) {
            operator.processBroadcastElement(manifest(1, 10), 0);
            operator.processElement(TestCompletion.of("a", 0).version(10).completion(), 0);
            operator.processElement(TestCompletion.of("b", 0).version(1).completion(), 0);
            snapshot = operator.snapshot(1, 1);
        }
        try (var operator = Harness.start(operator(), snapshot)) {
            operator.processElement(TestCompletion.of("a", 0).version(10).completion(), 0);
            operator.processElement(TestCompletion.of("a", 1).version(1).completion(), 0);
            operator.processElement(TestCompletion.of("b", 1).version(10).completion(), 0);

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
            operator.processElement(TestCompletion.of("a", 0).completion(), 0);
            operator.setStateTtlProcessingTime(MEMORY.toMillis() + 1);
            operator.processElement(TestCompletion.of("a", 0).completion(), 0);

            assertThat(Harness.drain(operator)).hasSize(2);
        }
    }

    @Test
    void readsTheStateOfFormerReleases() throws Exception {
        OperatorSubtaskState old = StateFixture.of(OperatorIdentity.ADMISSION, () -> {
            try (var operator = Harness.start(operator())) {
                operator.processBroadcastElement(manifest(1, 10), 0);
                operator.processElement(TestCompletion.of("a", 0).version(10).completion(), 0);
                operator.processElement(TestCompletion.of("b", 0).version(1).completion(), 0);
                return operator.snapshot(1, 1);
            }
        });
        try (var operator = Harness.start(operator(), old)) {
            operator.processElement(TestCompletion.of("a", 0).version(10).completion(), 0);
            operator.processElement(TestCompletion.of("b", 1).version(10).completion(), 0);
            operator.processElement(TestCompletion.of("c", 0).version(5).completion(), 0);

            assertThat(Harness.drain(operator, OUTCOMES)).hasSize(1);
            assertThat(Harness.drain(operator, STALE)).hasSize(2);
        }
    }
}
