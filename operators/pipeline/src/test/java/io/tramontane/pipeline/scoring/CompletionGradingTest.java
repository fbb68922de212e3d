package io.tramontane.pipeline.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.rewards.Grade;
import io.tramontane.rewards.Grader;
import io.tramontane.rewards.RewardRequest;
import io.tramontane.rewards.answer.AnswerExtraction;
import io.tramontane.rewards.answer.AnswerExtractor;
import io.tramontane.rewards.answer.AnswerSettings;
import io.tramontane.rewards.composition.RewardFunction;
import io.tramontane.rewards.composition.ScoreCard;
import io.tramontane.rewards.composition.WeightedGrader;
import io.tramontane.rewards.format.CompletionParser;
import io.tramontane.rewards.format.ThinkPart;
import io.tramontane.schemas.RewardComponent;
import io.tramontane.schemas.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CompletionGradingTest {

    /** Long enough for what is quick on a busy machine. */
    private static final Duration SHORT = Duration.ofSeconds(3);

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Grader RIGHT = (request, parsed) -> Grade.correct("right");

    private final CountDownLatch release = new CountDownLatch(1);
    private final Map<String, Verdict> told = Collections.synchronizedMap(new TreeMap<>());
    private final List<VerifierPools> opened = new ArrayList<>();

    /** Does not heed interrupts. */
    private final Grader deaf = (request, parsed) -> {
        while (release.getCount() > 0) {
            try {
                release.await();
            } catch (InterruptedException ignored) {
                continue;
            }
        }
        return Grade.correct("at last");
    };

    @AfterEach
    void letGo() {
        release.countDown();
        opened.forEach(VerifierPools::close);
    }

    @Test
    void everyComponentIsGradedInItsOrder() throws Exception {
        RewardFunction rewards = TestRewards.gated(
                new WeightedGrader("format", RIGHT, 0.1),
                new WeightedGrader("correctness", RIGHT, 0.9),
                new WeightedGrader("mine", RIGHT, 0.3, true),
                new WeightedGrader("language", (request, parsed) -> Grade.wrong("no"), 0.1));

        ScoreCard card = grade(rewards, LONG);

        assertThat(card.components())
                .extracting(RewardComponent::getName)
                .containsExactly("format", "correctness", "mine", "language");
        assertThat(card.reward()).isEqualTo(0.1 + 0.9 + 0.3);
        assertThat(card.reward()).isEqualTo(rewards.score(request()).reward());
        assertThat(told).hasSize(4).containsEntry("mine", Verdict.CORRECT);
    }

    @Test
    void whatFailsTheGateIsGradedNoFurther() throws Exception {
        ScoreCard card = grade(
                TestRewards.gated(
                        new WeightedGrader("format", (request, parsed) -> Grade.wrong("no box"), 0.1),
                        new WeightedGrader("correctness", RIGHT, 0.9),
                        new WeightedGrader("mine", deaf, 0.3, true)),
                LONG);

        assertThat(card.reward()).isZero();
        assertThat(card.components()).extracting(RewardComponent::getName).containsExactly("format");
    }

    @Test
    void aComponentThatHangsKeepsWhatTheOthersSay() throws Exception {
        ScoreCard card = grade(
                TestRewards.gated(
                        new WeightedGrader("format", RIGHT, 0.1),
                        new WeightedGrader("correctness", deaf, 0.9),
                        new WeightedGrader("language", RIGHT, 0.1),
                        new WeightedGrader("mine", deaf, 0.3, true),
                        new WeightedGrader("also-mine", RIGHT, 0.3, true)),
                SHORT);

        assertThat(card.components())
                .extracting(RewardComponent::getVerdict)
                .containsExactly(Verdict.CORRECT, Verdict.TIMEOUT, Verdict.CORRECT, Verdict.TIMEOUT, Verdict.CORRECT);
        assertThat(card.reward()).isEqualTo(0.1 + 0.1 + 0.3);
        assertThat(card.component("correctness").orElseThrow().getMicros()).isPositive();
    }

    @Test
    void aGateThatHangsIsAFailedGate() throws Exception {
        ScoreCard card = grade(
                TestRewards.gated(
                        new WeightedGrader("format", deaf, 0.1), new WeightedGrader("correctness", RIGHT, 0.9)),
                SHORT);

        assertThat(card.reward()).isZero();
        assertThat(card.components()).extracting(RewardComponent::getVerdict).containsExactly(Verdict.TIMEOUT);
    }

    @Test
    void givingUpEndsWithWhatHasBeenSaid() throws Exception {
        CountDownLatch languageSaid = new CountDownLatch(1);
        RewardFunction rewards =
                TestRewards.of(new WeightedGrader("language", RIGHT, 0.1), new WeightedGrader("mine", deaf, 0.3, true));
        VerifierPools pools = pools(rewards, LONG);
        CompletionGrading grading =
                new CompletionGrading(rewards, request(), pools, (name, component) -> languageSaid.countDown());
        CompletableFuture<ScoreCard> card = grading.start();
        assertThat(languageSaid.await(30, TimeUnit.SECONDS)).isTrue();

        grading.giveUp("enough");

        assertThat(card.get(30, TimeUnit.SECONDS).components())
                .extracting(RewardComponent::getReason)
                .containsExactly("right", "enough");
    }

    @Test
    void aTextThatCannotBeTakenApartHasAVerdict() throws Exception {
        RewardFunction rewards = new RewardFunction(
                new CompletionParser(
                        ThinkPart.ABSENT, new AnswerExtractor(new AnswerSettings(AnswerExtraction.PATTERN, "(a|b)*c"))),
                Optional.empty(),
                List.of(new WeightedGrader("correctness", RIGHT, 0.9)));
        RewardRequest endless = request("ab".repeat(200_000));

        assertThat(grade(rewards, LONG, endless).components())
                .extracting(RewardComponent::getVerdict)
                .containsExactly(Verdict.CRASHED);
        assertThat(rewards.score(endless).components())
                .extracting(RewardComponent::getVerdict)
                .containsExactly(Verdict.CRASHED);
    }

    private ScoreCard grade(RewardFunction rewards, Duration deadline) throws Exception {
        return grade(rewards, deadline, request());
    }

    private ScoreCard grade(RewardFunction rewards, Duration deadline, RewardRequest request) throws Exception {
        return new CompletionGrading(
                        rewards,
                        request,
                        pools(rewards, deadline),
                        (name, component) -> told.put(name, component.getVerdict()))
                .start()
                .get(30, TimeUnit.SECONDS);
    }

    private VerifierPools pools(RewardFunction rewards, Duration deadline) {
        VerifierPools pools = new VerifierPools("test-", TestRewards.settings(1, deadline, LONG), rewards);
        opened.add(pools);
        return pools;
    }

    private static RewardRequest request() {
        return request("text");
    }

    private static RewardRequest request(String text) {
        return RewardRequest.builder()
                .completionId("run/0/p/0")
                .groupId("run/0/p")
                .problem("How many?")
                .reference("7")
                .text(text)
                .completionTokens(3)
                .build();
    }
}
