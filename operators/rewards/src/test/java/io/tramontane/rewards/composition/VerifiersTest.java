package io.tramontane.rewards.composition;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.rewards.Grade;
import io.tramontane.rewards.RewardFixtures;
import io.tramontane.rewards.RewardRequest;
import io.tramontane.rewards.correctness.VerifierChoice;
import io.tramontane.rewards.format.AnswerForm;
import io.tramontane.rewards.format.ParsedCompletion;
import io.tramontane.rewards.gate.FormatGate;
import io.tramontane.schemas.Verdict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerifiersTest {

    private static final ParsedCompletion WITHOUT_ANSWER =
            new ParsedCompletion(Optional.empty(), "```python\nprint(1)\n```", Optional.empty(), Optional.empty());
    private static final AnswerForm BOXED = AnswerForm.answer(RewardFixtures.BOXED);
    private static final AnswerForm ANYTHING = parsed -> Optional.empty();

    @Test
    void theProblemChoosesAndMathIsTheStandard() {
        assertThat(reason(VerifierChoice.AUTOMATIC, "code")).isEqualTo("by code");
        assertThat(reason(VerifierChoice.AUTOMATIC, "numeric")).isEqualTo("by numeric");
        assertThat(reason(VerifierChoice.AUTOMATIC, "")).isEqualTo("by math");
    }

    @Test
    void settingsOverruleTheProblem() {
        assertThat(reason(VerifierChoice.NUMERIC, "code")).isEqualTo("by numeric");
        assertThat(reason(VerifierChoice.CODE, "")).isEqualTo("by code");
    }

    @Test
    void aVerifierThatNobodyKnowsMakesTheAnswerUngradable() {
        Grade grade = verifiers(VerifierChoice.AUTOMATIC).grade(request("chess"), WITHOUT_ANSWER);

        assertThat(grade.verdict()).isEqualTo(Verdict.UNGRADABLE);
        assertThat(grade.reason()).contains("'chess'", "numeric, math, code");
    }

    @Test
    void theGateAsksForWhatTheVerifierNeeds() {
        Verifiers verifiers = verifiers(VerifierChoice.AUTOMATIC);
        FormatGate gate = new FormatGate(verifiers::form);

        assertThat(gate.grade(request("code"), WITHOUT_ANSWER).verdict()).isEqualTo(Verdict.CORRECT);
        assertThat(gate.grade(request("math"), WITHOUT_ANSWER).reason()).isEqualTo("no \\boxed{} in the answer part");
        assertThat(gate.grade(request("chess"), WITHOUT_ANSWER).verdict()).isEqualTo(Verdict.WRONG);
    }

    private static String reason(VerifierChoice choice, String ofProblem) {
        return verifiers(choice).grade(request(ofProblem), WITHOUT_ANSWER).reason();
    }

    private static Verifiers verifiers(VerifierChoice choice) {
        return new Verifiers(
                choice,
                BOXED,
                List.of(verifier("numeric", BOXED), verifier("math", BOXED), verifier("code", ANYTHING)));
    }

    private static Verifier verifier(String name, AnswerForm form) {
        return new Verifier(name, form, (request, parsed) -> Grade.correct("by " + name));
    }

    private static RewardRequest request(String verifier) {
        return RewardRequest.builder()
                .completionId("run/0/p/0")
                .groupId("run/0/p")
                .problem("How many?")
                .reference("7")
                .verifier(verifier)
                .text("text")
                .completionTokens(10)
                .build();
    }
}
