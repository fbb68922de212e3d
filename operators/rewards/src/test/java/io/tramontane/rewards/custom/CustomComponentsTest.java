package io.tramontane.rewards.custom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tramontane.rewards.RewardFixtures;
import io.tramontane.rewards.RewardProblem;
import io.tramontane.rewards.composition.RewardChecks;
import io.tramontane.rewards.composition.RewardFunction;
import io.tramontane.rewards.composition.RewardSettings;
import io.tramontane.rewards.composition.ScoreCard;
import io.tramontane.rewards.language.DetectorChoice;
import io.tramontane.rewards.language.UndeterminedAnswer;
import io.tramontane.rewards.length.LengthSettings;
import io.tramontane.schemas.RewardComponent;
import io.tramontane.schemas.Verdict;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Components under names of their own, of plug-ins and of factories. */
class CustomComponentsTest {

    private static final String PROBLEM = "Anna has seven apples and buys five more. How many does she have now?";
    private static final String TEXT =
            "<think>She has seven apples and buys five more, so there are twelve.</think>She has \\boxed{12} apples.";

    @Test
    void aComponentOnTheClassPathIsPartOfTheReward() {
        try (RewardFunction rewards =
                new RewardFunction(settings(limit("brevity", true, "4"), limit("terse", true, "2")))) {
            ScoreCard card = rewards.score(RewardFixtures.request(PROBLEM, "12", TEXT));

            assertThat(card.components())
                    .extracting(RewardComponent::getName)
                    .containsExactly("format", "correctness", "length", "language", "brevity", "terse");
            assertThat(card.component("brevity").orElseThrow().getValue()).isEqualTo(0.2);
            assertThat(card.component("terse").orElseThrow().getVerdict()).isEqualTo(Verdict.WRONG);
            assertThat(card.component("terse").orElseThrow().getReason()).isEqualTo("4 words, at most 2");
        }
    }

    @Test
    void aComponentThatIsSwitchedOffIsNotGraded() {
        try (RewardFunction rewards = new RewardFunction(settings(limit("brevity", false, "4")))) {
            assertThat(rewards.score(RewardFixtures.request(PROBLEM, "12", TEXT))
                            .component("brevity"))
                    .isEmpty();
        }
    }

    @Test
    void settingsThatCannotWorkAreNamed() {
        assertThat(RewardChecks.of(settings(limit("brevity", true, "4")))).isEmpty();
        assertThat(RewardChecks.of(settings(
                        limit("format", true, "4"),
                        new CustomSettings("a", "nothing", 1.0, true, new TreeMap<>()),
                        new CustomSettings(
                                "b", "word-limit", 1.0, true, new TreeMap<>(Map.of("maximum", "4", "minimum", "1"))),
                        limit("c", false, "none"))))
                .extracting(RewardProblem::key)
                .containsExactly(
                        "custom[0].name", "custom[1].component", "custom[2].options.minimum", "custom[3].options");
    }

    @Test
    void anUnknownComponentIsRefusedWhenTheRewardIsMade() {
        assertThatThrownBy(() ->
                        new RewardFunction(settings(new CustomSettings("a", "nothing", 1.0, true, new TreeMap<>()))))
                .isInstanceOf(CustomComponentException.class)
                .hasMessageContaining("there are language, length, word-limit");
    }

    @Test
    void severalOfOnePluginHaveNamesOfTheirOwn() {
        CustomSettings strict = new CustomSettings("strict-length", "length", 0.5, true, new LengthSettings(10, 5));

        try (RewardFunction rewards = new RewardFunction(settings(strict))) {
            ScoreCard card = rewards.score(RewardFixtures.request(PROBLEM, "12", TEXT, 20));

            assertThat(card.component("length").orElseThrow().getValue()).isZero();
            assertThat(card.component("strict-length").orElseThrow().getValue()).isEqualTo(-0.5);
        }
        assertThat(RewardChecks.of(settings(strict))).isEmpty();
    }

    @Test
    void whatAPluginFindsWrongIsNamedWithinTheOptions() {
        CustomSettings other = new CustomSettings(
                "other",
                "language",
                0.5,
                true,
                RewardFixtures.language(UndeterminedAnswer.IGNORE, DetectorChoice.FASTTEXT, ""));

        assertThat(RewardChecks.of(settings(other)))
                .containsExactly(new RewardProblem(
                        "custom[0].options.model",
                        "must name a fastText model (.bin or .ftz) when detector is fasttext"));
    }

    private static CustomSettings limit(String name, boolean enabled, String maximum) {
        return new CustomSettings(name, "word-limit", 0.2, enabled, new TreeMap<>(Map.of("maximum", maximum)));
    }

    private static RewardSettings settings(CustomSettings... custom) {
        return RewardFixtures.settings(List.of(custom));
    }
}
