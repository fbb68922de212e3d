package io.tramontane.pipeline.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.pipeline.Harness;
import io.tramontane.pipeline.OperatorIdentity;
import io.tramontane.pipeline.StateFixture;
import io.tramontane.pipeline.TestCompletion;
import io.tramontane.rewards.Grade;
import io.tramontane.rewards.RewardRequest;
import io.tramontane.rewards.composition.WeightedGrader;
import io.tramontane.rewards.format.ParsedCompletion;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.RewardComponent;
import io.tramontane.schemas.ScoredCompletion;
import io.tramontane.schemas.Verdict;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.formats.avro.typeutils.AvroSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // closing a harness may be interrupted
class ScoringOperatorTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(50);

    private static Grade right(RewardRequest request) {
        return Grade.correct(request.text());
    }

    private static Grade hang() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Grade.timeout("interrupted");
    }

    private static ScorerFactory correctness(SerializableGrader grader) {
        return () -> TestRewards.of(new WeightedGrader("correctness", grader::grade, 1));
    }

    /** A grader that can travel with a factory. */
    @FunctionalInterface
    private interface SerializableGrader extends Serializable {
        Grade grade(RewardRequest request, ParsedCompletion parsed);
    }

    private static OneInputStreamOperatorTestHarness<Completion, ScoredCompletion> operator(
            Duration deadline, ScorerFactory factory) throws Exception {
        return new OneInputStreamOperatorTestHarness<>(
                new ScoringOperatorFactory(factory, TestRewards.settings(2, deadline, PATIENCE)),
                new AvroSerializer<>(Completion.class));
    }

    private static List<ScoredCompletion> results(
            OneInputStreamOperatorTestHarness<Completion, ScoredCompletion> operator, int results) {
        Awaitility.await().pollInSameThread().until(() -> {
            while (operator.getTaskMailbox().hasMail()) {
                operator.getTaskMailbox().tryTake(0).orElseThrow().run();
            }
            return operator.getOutput().size() == results;
        });
        return Harness.drain(operator);
    }

    @Test
    void gradesEveryCompletion() throws Exception {
        try (var operator = Harness.start(operator(LONG, correctness((request, parsed) -> right(request))))) {
            for (int sample = 0; sample < 4; sample++) {
                operator.processElement(TestCompletion.of("a", sample).completion(), 0);
            }

            assertThat(results(operator, 4)).allSatisfy(scored -> {
                assertThat(scored.getReward()).isEqualTo(1);
                assertThat(scored.getComponents())
                        .extracting(RewardComponent::getReason)
                        .containsExactly(scored.getCompletion().getText());
            });
        }
    }

    @Test
    void aVerifierThatHangsCostsItsCompletionTheRewardAndNothingElse() throws Exception {
        ScorerFactory hangsOnTheFirst =
                correctness((request, parsed) -> request.completionId().endsWith("/0") ? hang() : right(request));
        try (var operator = Harness.start(operator(SHORT, hangsOnTheFirst))) {
            operator.processElement(TestCompletion.of("a", 0).completion(), 0);
            operator.processElement(TestCompletion.of("a", 1).completion(), 0);

            assertThat(results(operator, 2))
                    .extracting(scored -> scored.getComponents().get(0).getVerdict())
                    .containsExactlyInAnyOrder(Verdict.TIMEOUT, Verdict.CORRECT);
        }
    }

    @Test
    void aVerifierThatFailsIsCrashed() throws Exception {
        ScorerFactory fails = correctness((request, parsed) -> {
            throw new IllegalStateException("broken");
        });
        try (var operator = Harness.start(operator(LONG, fails))) {
            operator.processElement(TestCompletion.of("a", 0).completion(), 0);

            assertThat(results(operator, 1)).singleElement().satisfies(scored -> {
                assertThat(scored.getReward()).isZero();
                assertThat(scored.getComponents().get(0).getVerdict()).isEqualTo(Verdict.CRASHED);
                assertThat(scored.getComponents().get(0).getReason()).contains("broken");
            });
        }
    }

    @Test
    void whatWaitsTooLongForAThreadHasTheVerdictTimeout() throws Exception {
        try (var operator = Harness.start(operator(LONG, correctness((request, parsed) -> hang())))) {
            operator.processElement(TestCompletion.of("a", 0).completion(), 0);
            operator.setProcessingTime(PATIENCE.toMillis() + 1);

            assertThat(results(operator, 1))
                    .extracting(scored -> scored.getComponents().get(0).getVerdict())
                    .containsExactly(Verdict.TIMEOUT);
        }
    }

    /** Held by verifiers until a test lets go; static, for a grader travels with its factory. */
    private static volatile CountDownLatch held = new CountDownLatch(0);

    private static Grade rightWhenLetGo(RewardRequest request) {
        try {
            held.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return right(request);
    }

    @Test
    void noMoreAreInFlightThanTheCapacity() throws Exception {
        held = new CountDownLatch(1);
        Thread task = Thread.currentThread();
        Thread releaser = new Thread(() -> {
            // The task stands still where it waits for a place.
            Awaitility.await()
                    .until(() ->
                            task.getState() == Thread.State.WAITING || task.getState() == Thread.State.TIMED_WAITING);
            held.countDown();
        });
        try (var operator = Harness.start(operator(LONG, correctness((request, parsed) -> rightWhenLetGo(request))))) {
            for (int sample = 0; sample < TestRewards.CAPACITY; sample++) {
                operator.processElement(TestCompletion.of("a" + sample, 0).completion(), 0);
            }
            assertThat(operator.getOutput()).isEmpty();

            releaser.start();
            operator.processElement(TestCompletion.of("beyond", 0).completion(), 0);

            assertThat(operator.getOutput()).isNotEmpty();
            assertThat(results(operator, TestRewards.CAPACITY + 1)).hasSize(TestRewards.CAPACITY + 1);
        } finally {
            held.countDown();
            releaser.join();
        }
    }

    @Test
    void aCheckpointWaitsForNoVerifierAndHoldsWhatIsNotEmitted() throws Exception {
        ScorerFactory hangsOnTheFirst =
                correctness((request, parsed) -> request.completionId().endsWith("/0") ? hang() : right(request));
        OperatorSubtaskState snapshot;
        try (var operator = Harness.start(operator(LONG, hangsOnTheFirst))) {
            operator.processElement(TestCompletion.of("a", 0).completion(), 0);
            operator.processElement(TestCompletion.of("a", 1).completion(), 0);
            assertThat(results(operator, 1))
                    .extracting(scored -> scored.getCompletion().getSampleIndex())
                    .containsExactly(1);
            snapshot = operator.snapshot(1, 1);
        }

        try (var operator = Harness.start(operator(LONG, correctness((request, parsed) -> right(request))), snapshot)) {
            assertThat(results(operator, 1))
                    .extracting(scored -> scored.getCompletion().getSampleIndex())
                    .containsExactly(0);
        }
    }

    @Test
    void whatIsInFlightIsGradedAgainAfterARestore() throws Exception {
        OperatorSubtaskState snapshot;
        try (var operator = Harness.start(operator(LONG, correctness((request, parsed) -> hang())))) {
            operator.processElement(TestCompletion.of("a", 0).completion(), 0);
            operator.processElement(TestCompletion.of("a", 1).completion(), 0);
            snapshot = operator.snapshot(1, 1);
        }
        try (var operator = Harness.start(operator(LONG, correctness((request, parsed) -> right(request))), snapshot)) {
            assertThat(results(operator, 2))
                    .extracting(scored -> scored.getCompletion().getCompletionId())
                    .containsExactlyInAnyOrder("run/0/a/0", "run/0/a/1");
        }
    }

    @Test
    void readsTheStateOfFormerReleases() throws Exception {
        OperatorSubtaskState old = StateFixture.of(OperatorIdentity.SCORING, () -> {
            try (var operator = Harness.start(operator(LONG, correctness((request, parsed) -> hang())))) {
                operator.processElement(TestCompletion.of("a", 0).completion(), 0);
                return operator.snapshot(1, 1);
            }
        });
        try (var operator = Harness.start(operator(LONG, correctness((request, parsed) -> right(request))), old)) {
            assertThat(results(operator, 1))
                    .extracting(ScoredCompletion::getCompletion)
                    .containsExactly(TestCompletion.of("a", 0).completion());
        }
    }
}
