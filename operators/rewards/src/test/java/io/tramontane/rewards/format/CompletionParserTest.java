package io.tramontane.rewards.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.rewards.Grade;
import io.tramontane.rewards.RewardFixtures;
import io.tramontane.rewards.answer.AnswerExtractor;
import io.tramontane.rewards.gate.FormatGate;
import io.tramontane.schemas.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionParserTest {

    private final CompletionParser parser = parser(ThinkPart.REQUIRED);
    private final FormatGate gate = new FormatGate(request -> AnswerForm.answer(RewardFixtures.BOXED));

    @Test
    void takesThoughtsAndAnswerApart() {
        ParsedCompletion parsed = parser.parse("<think>so 7 + 5</think>It is \\boxed{12}.");

        assertThat(parsed.thoughts()).contains("so 7 + 5");
        assertThat(parsed.answerPart()).isEqualTo("It is \\boxed{12}.");
        assertThat(parsed.answer()).contains("12");
        assertThat(parsed.malformed()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "\\boxed{12},does not start with <think>",
                " <think>a</think>\\boxed{12},does not start with <think>",
                "I <think>a</think>\\boxed{12},does not start with <think>",
                "<think>a \\boxed{12},the thoughts never end: no </think>",
                "<think>a<think>b</think>\\boxed{12},more than one <think>",
                "<think>a</think>b</think>\\boxed{12},more than one </think>",
                "<think>a</think><think>b</think>\\boxed{12},more than one <think>",
                "<think>\\boxed{12}</think>12,no \\boxed{} in the answer part",
                "<think>a</think>\\boxed{12,no \\boxed{} in the answer part",
            })
    void gateNamesWhatIsWrong(String text, String reason) {
        Grade grade = gate.grade(RewardFixtures.request("p", "12", text), parser.parse(text));

        assertThat(grade.verdict()).isEqualTo(Verdict.WRONG);
        assertThat(grade.reason()).isEqualTo(reason);
        assertThat(grade.score()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<think></think>\\boxed{1}", "<think>a\nb</think>\n\n\\boxed{1}", "<think>x</think>\\boxed{}"})
    void gatePassesWhatHasTheParts(String text) {
        assertThat(gate.grade(RewardFixtures.request("p", "1", text), parser.parse(text))
                        .verdict())
                .isEqualTo(Verdict.CORRECT);
    }

    @Test
    void withoutGateTheAnswerOfAMalformedCompletionIsStillFound() {
        assertThat(parser.parse("hm</think>\\boxed{3}").answer()).contains("3");
        assertThat(parser.parse("\\boxed{3}").answer()).contains("3");
    }

    @Test
    void withoutThinkPartAllOfItIsTheAnswerPart() {
        ParsedCompletion parsed = parser(ThinkPart.ABSENT).parse("7 + 5 is \\boxed{12}");

        assertThat(parsed.thoughts()).isEmpty();
        assertThat(parsed.answerPart()).isEqualTo("7 + 5 is \\boxed{12}");
        assertThat(parsed.malformed()).isEmpty();
    }

    private static CompletionParser parser(ThinkPart thinkPart) {
        return new CompletionParser(thinkPart, new AnswerExtractor(RewardFixtures.BOXED));
    }
}
