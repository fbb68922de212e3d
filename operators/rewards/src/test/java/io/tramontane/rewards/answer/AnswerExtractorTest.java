package io.tramontane.rewards.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerExtractorTest {

    private final AnswerExtractor boxed = new AnswerExtractor(new AnswerSettings(AnswerExtraction.BOXED, null));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\\boxed{5}|5",
                "\\boxed{4} no, \\boxed{5}.|5",
                "\\boxed{\\frac{1}{2}}|\\frac{1}{2}",
                "\\boxed{\\frac{\\sqrt{3}}{2}} units|\\frac{\\sqrt{3}}{2}",
                "\\boxed {7}|7",
                "\\boxed{ 7 }|7",
                "\\boxed{\\boxed{5}}|5",
                "\\boxed{\\boxed{5}+1}|\\boxed{5}+1",
                "\\boxed{\\{1, 2\\}}|\\{1, 2\\}",
                "\\boxed{\\left\\{ x \\right.}|\\left\\{ x \\right.",
                "\\boxed{5} and then \\boxed{6|5",
                "$\\boxed{5}$|5",
            })
    void findsTheLastCompleteBox(String text, String answer) {
        assertThat(boxed.extract(text)).contains(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "\\boxed", "\\boxed{", "\\boxed{{5}", "\\boxed 5", "boxed{5}"})
    void noCompleteBoxIsNoAnswer(String text) {
        assertThat(boxed.extract(text)).isEmpty();
    }

    @Test
    void patternTakesTheFirstGroupOfItsLastMatch() {
        AnswerExtractor extractor = new AnswerExtractor(new AnswerSettings(AnswerExtraction.PATTERN, "A: (.*)"));

        assertThat(extractor.extract("A: 3\nno wait\nA: 4 \n")).contains("4");
        assertThat(extractor.extract("no answer")).isEmpty();
    }

    @Test
    void patternWithoutGroupTakesTheWholeMatch() {
        AnswerExtractor extractor = new AnswerExtractor(new AnswerSettings(AnswerExtraction.PATTERN, "\\d+"));

        assertThat(extractor.extract("3 then 44")).contains("44");
    }

    @Test
    void settingsRefuseAMissingOrBrokenPattern() {
        assertThat(new AnswerSettings(AnswerExtraction.PATTERN, null).isPatternValid())
                .isFalse();
        assertThat(new AnswerSettings(AnswerExtraction.PATTERN, "(").isPatternValid())
                .isFalse();
        assertThat(new AnswerSettings(AnswerExtraction.BOXED, null).isPatternValid())
                .isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AnswerExtractor(new AnswerSettings(AnswerExtraction.PATTERN, "(")));
    }
}
