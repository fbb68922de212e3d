package io.tramontane.rewards.composition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tramontane.rewards.Grade;
import io.tramontane.rewards.RewardFixtures;
import io.tramontane.rewards.RewardRequest;
import io.tramontane.rewards.answer.AnswerExtractor;
import io.tramontane.rewards.format.CompletionParser;
import io.tramontane.rewards.format.ThinkPart;
import io.tramontane.schemas.RewardComponent;
import io.tramontane.schemas.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RewardFunctionTest {

    private static final String PROBLEM =
            "Anna has seven apples and then she buys five more. How many does she have now?";
    private static final String THOUGHTS = "<think>She has seven apples and buys five more, so she has twelve.</think>";

    private final RewardFunction rewards = new RewardFunction(RewardFixtures.settings());

    @Test
    void everythingRightEarnsTheSumOfTheWeights() {
        ScoreCard card = score(THOUGHTS + "She has \\boxed{12} apples.", 10);

        assertThat(card.reward()).isCloseTo(1.1, within(1e-12));
        assertThat(card.correct()).isTrue();
        assertThat(card.languageConsistent()).isTrue();
        assertThat(card.components())
                .extracting(RewardComponent::getName)
                .containsExactly("format", "correctness", "length", "language");
        assertThat(card.components()).allSatisfy(component -> {
            assertThat(component.getReason()).isNotBlank();
            assertThat(component.getMicros()).isNotNegative();
        });
    }

    @Test
    void wrongAnswerKeepsFormatAndLanguage() {
        ScoreCard card = score(THOUGHTS + "\\boxed{13}", 10);

        assertThat(card.reward()).isCloseTo(0.2, within(1e-12));
        assertThat(card.correct()).isFalse();
        assertThat(card.component("correctness").orElseThrow().getReason()).isEqualTo("13 is not 12");
    }

    @Test
    void longCompletionLosesUpToATenth() {
        assertThat(score(THOUGHTS + "\\boxed{12}", 90).reward()).isCloseTo(1.05, within(1e-12));
        assertThat(score(THOUGHTS + "\\boxed{12}", 500).reward()).isCloseTo(1.0, within(1e-12));
    }

    @Test
    void failedGateIsExactlyZeroAndNothingElseIsGraded() {
        // The right answer in the right language, far too long: neither reward nor penalty may show.
        for (String text :
                List.of("\\boxed{12}", "<think>She has twelve.</think>12", " " + THOUGHTS + "\\boxed{12}", "")) {
            ScoreCard card = score(text, 500);

            assertThat(card.reward()).as(text).isZero();
            assertThat(card.components()).as(text).hasSize(1);
            assertThat(card.components().get(0).getName()).isEqualTo("format");
            assertThat(card.components().get(0).getVerdict()).isEqualTo(Verdict.WRONG);
            assertThat(card.components().get(0).getValue()).isZero();
            assertThat(card.wellFormed()).isFalse();
            assertThat(card.correct()).isFalse();
            assertThat(card.languageConsistent()).isFalse();
        }
    }

    @Test
    void graderThatThrowsCrashesItsComponentOnly() {
        WeightedGrader broken = grader("broken", 0.9, () -> {
            throw new IllegalStateException("no compiler");
        });

        ScoreCard card = function(Optional.empty(), broken, grader("fine", 0.5, () -> Grade.correct("yes")))
                .score(RewardFixtures.request(PROBLEM, "12", "anything"));

        assertThat(card.reward()).isEqualTo(0.5);
        assertThat(card.component("broken").orElseThrow().getVerdict()).isEqualTo(Verdict.CRASHED);
        assertThat(card.component("broken").orElseThrow().getReason()).contains("no compiler");
    }

    @Test
    void whateverAGraderThrowsOrReturnsIsAVerdict() {
        Map<String, Supplier<Grade>> broken = Map.of(
                "nothing", () -> null,
                "not-a-number", () -> new Grade(Double.NaN, Verdict.CORRECT, "oops"),
                "far-too-much", () -> new Grade(1e300, Verdict.CORRECT, "oops"),
                "endless-recursion", RewardFunctionTest::recurse,
                "missing-class",
                        () -> {
                            throw new NoClassDefFoundError("gone");
                        },
                "no-memory",
                        () -> {
                            throw new OutOfMemoryError("Java heap space");
                        });
        broken.forEach((name, grade) -> {
            ScoreCard card = function(
                            Optional.empty(), grader(name, 0.9, grade), grader("fine", 0.5, () -> Grade.correct("yes")))
                    .score(RewardFixtures.request(PROBLEM, "12", "anything"));

            assertThat(card.reward()).as(name).isEqualTo(0.5);
            assertThat(card.component(name).orElseThrow().getVerdict()).as(name).isEqualTo(Verdict.CRASHED);
        });
    }

    private static Grade recurse() {
        return recurse();
    }

    @Test
    void reasonsAreCutToASizeThatFitsARecord() {
        ScoreCard card = function(Optional.empty(), grader("chatty", 1, () -> Grade.wrong("x".repeat(1_000_000))))
                .score(RewardFixtures.request(PROBLEM, "12", "anything"));

        assertThat(card.components().get(0).getReason()).hasSizeLessThan(1_100);
    }

    @Test
    void gateThatCrashesIsAFailedGate() {
        WeightedGrader broken = grader("gate", 0.1, () -> {
            throw new IllegalStateException("out of order");
        });

        ScoreCard card = function(Optional.of(broken), grader("fine", 0.5, () -> Grade.correct("yes")))
                .score(RewardFixtures.request(PROBLEM, "12", "anything"));

        assertThat(card.reward()).isZero();
        assertThat(card.components()).extracting(RewardComponent::getVerdict).containsExactly(Verdict.CRASHED);
    }

    @Test
    void verdictsOtherThanCorrectEarnNothingAndStayApart() {
        for (Grade grade : List.of(Grade.wrong("w"), Grade.timeout("t"), Grade.crashed("c"), Grade.ungradable("u"))) {
            ScoreCard card = function(Optional.empty(), grader("code", 0.9, () -> grade))
                    .score(RewardFixtures.request(PROBLEM, "12", "anything"));

            assertThat(card.reward()).isZero();
            assertThat(card.components().get(0).getVerdict()).isEqualTo(grade.verdict());
        }
    }

    @Test
    void gradingTwiceOrOnManyThreadsGivesTheSame() {
        RewardRequest request = RewardFixtures.request(PROBLEM, "12", THOUGHTS + "\\boxed{12}", 95);
        double expected = rewards.score(request).reward();

        assertThat(IntStream.range(0, 200).parallel().mapToObj(i -> rewards.score(request)))
                .allSatisfy(card -> assertThat(card.reward()).isEqualTo(expected));
    }

    private ScoreCard score(String text, int tokens) {
        return rewards.score(RewardFixtures.request(PROBLEM, "12", text, tokens));
    }

    private static RewardFunction function(Optional<WeightedGrader> gate, WeightedGrader... graders) {
        CompletionParser parser = new CompletionParser(ThinkPart.ABSENT, new AnswerExtractor(RewardFixtures.BOXED));
        return new RewardFunction(parser, gate, List.of(graders));
    }

    private static WeightedGrader grader(String name, double weight, Supplier<Grade> grade) {
        return new WeightedGrader(name, (request, parsed) -> grade.get(), weight);
    }
}
