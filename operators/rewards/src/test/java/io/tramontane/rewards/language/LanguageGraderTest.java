package io.tramontane.rewards.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.rewards.Grade;
import io.tramontane.rewards.RewardFixtures;
import io.tramontane.rewards.RewardRequest;
import io.tramontane.rewards.answer.AnswerExtractor;
import io.tramontane.rewards.format.CompletionParser;
import io.tramontane.rewards.format.ThinkPart;
import io.tramontane.rewards.language.detection.OpenNlpDetector;
import io.tramontane.schemas.Verdict;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LanguageGraderTest {

    private static final String ENGLISH = "She has seven apples, and then her friend gives her five more of them";
    private static final String GERMAN = "Sie hat sieben Äpfel, und dann gibt ihr die Freundin noch fünf dazu";

    private final LanguageGrader grader =
            new LanguageGrader(RewardFixtures.LANGUAGE, OpenNlpDetector.maskedTo(RewardFixtures.LANGUAGE.languages()));

    @Test
    void equalLanguagesAreConsistent() {
        assertThat(grade(ENGLISH, "<think>" + ENGLISH + "</think>" + ENGLISH + " \\boxed{5}")
                        .verdict())
                .isEqualTo(Verdict.CORRECT);
        assertThat(grade(GERMAN, "<think>" + GERMAN + "</think>\\boxed{5}").verdict())
                .isEqualTo(Verdict.CORRECT);
    }

    @Test
    void thoughtsInAnotherLanguageAreNot() {
        Grade grade = grade(ENGLISH, "<think>" + GERMAN + "</think>\\boxed{5}");

        assertThat(grade.verdict()).isEqualTo(Verdict.WRONG);
        assertThat(grade.score()).isZero();
        assertThat(grade.reason()).isEqualTo("problem in en, thoughts in de");
    }

    @Test
    void answerInAnotherLanguageIsNot() {
        Grade grade = grade(ENGLISH, "<think>" + ENGLISH + "</think>" + GERMAN + " \\boxed{5}");

        assertThat(grade.verdict()).isEqualTo(Verdict.WRONG);
        assertThat(grade.reason()).isEqualTo("problem in en, answer part in de");
    }

    @Test
    void languageIsDetectedWhateverTheRecordDeclares() {
        RewardRequest declaredFrench = RewardRequest.builder()
                .completionId("run/0/p/0")
                .groupId("run/0/p")
                .problem(GERMAN)
                .reference("5")
                .language("fr")
                .text("<think>" + GERMAN + "</think>\\boxed{5}")
                .completionTokens(10)
                .build();

        assertThat(grade(declaredFrench, ThinkPart.REQUIRED).verdict()).isEqualTo(Verdict.CORRECT);
        assertThat(grade(declaredFrench, ThinkPart.REQUIRED).reason()).isEqualTo("all in de");
    }

    @Test
    void thoughtsWithTooFewLettersEarnNothing() {
        assertThat(grade(ENGLISH, "<think>7 + 5 = 12</think>\\boxed{12}").verdict())
                .isEqualTo(Verdict.WRONG);
        assertThat(grade(ENGLISH, "<think></think>" + ENGLISH + "\\boxed{12}").verdict())
                .isEqualTo(Verdict.WRONG);
    }

    @Test
    void wordsInMathematicsAndCodeDoNotCount() {
        String text = "<think>" + ENGLISH + " \\text{" + GERMAN + GERMAN + "} ```\n" + GERMAN + GERMAN
                + "\n```</think>\\boxed{\\text{" + GERMAN + "}}";

        assertThat(grade(ENGLISH, text).verdict()).isEqualTo(Verdict.CORRECT);
    }

    @Test
    void whatAnAnswerWithoutWordsMeansIsASetting() {
        String text = "<think>" + ENGLISH + "</think>\\boxed{5}";
        Map.of(
                        UndeterminedAnswer.IGNORE, Verdict.CORRECT,
                        UndeterminedAnswer.WRONG, Verdict.WRONG,
                        UndeterminedAnswer.UNGRADABLE, Verdict.UNGRADABLE)
                .forEach((policy, verdict) -> {
                    LanguageSettings settings = RewardFixtures.language(policy, DetectorChoice.OPENNLP, "");
                    CompletionParser parser =
                            new CompletionParser(ThinkPart.REQUIRED, new AnswerExtractor(RewardFixtures.BOXED));

                    assertThat(new LanguageGrader(settings, LanguageDetectors.of(settings))
                                    .grade(RewardFixtures.request(ENGLISH, "5", text), parser.parse(text))
                                    .verdict())
                            .as(policy.name())
                            .isEqualTo(verdict);
                });
    }

    @Test
    void problemWithoutWordsIsUngradable() {
        assertThat(grade("3 + 4 = ?", "<think>" + ENGLISH + "</think>\\boxed{7}")
                        .verdict())
                .isEqualTo(Verdict.UNGRADABLE);
    }

    @Test
    void withoutThinkPartTheAnswerPartMustBeInTheProblemsLanguage() {
        assertThat(grade(RewardFixtures.request(ENGLISH, "5", ENGLISH), ThinkPart.ABSENT)
                        .verdict())
                .isEqualTo(Verdict.CORRECT);
        assertThat(grade(RewardFixtures.request(ENGLISH, "5", GERMAN), ThinkPart.ABSENT)
                        .verdict())
                .isEqualTo(Verdict.WRONG);
        assertThat(grade(RewardFixtures.request(ENGLISH, "5", "5"), ThinkPart.ABSENT)
                        .verdict())
                .isEqualTo(Verdict.WRONG);
    }

    private Grade grade(String problem, String text) {
        return grade(RewardFixtures.request(problem, "5", text), ThinkPart.REQUIRED);
    }

    private Grade grade(RewardRequest request, ThinkPart thinkPart) {
        CompletionParser parser = new CompletionParser(thinkPart, new AnswerExtractor(RewardFixtures.BOXED));
        return grader.grade(request, parser.parse(request.text()));
    }
}
