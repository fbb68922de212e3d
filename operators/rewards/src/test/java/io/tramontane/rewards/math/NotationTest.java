package io.tramontane.rewards.math;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.rewards.correctness.AnswerEquality;
import io.tramontane.schemas.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Notations of competition answers, one pair a line: reference, answer. */
class NotationTest {

    private final AnswerEquality equality = MathFixtures.equality();

    @ParameterizedTest
    @CsvFileSource(resources = "equal.psv", delimiter = '|', quoteCharacter = '`')
    void equalAnswersAreAccepted(String reference, String answer) {
        assertThat(equality.compare(reference, answer))
                .satisfies(
                        grade -> assertThat(grade.verdict()).as(grade.reason()).isEqualTo(Verdict.CORRECT));
    }

    @ParameterizedTest
    @CsvFileSource(resources = "unequal.psv", delimiter = '|', quoteCharacter = '`')
    void otherAnswersAreNot(String reference, String answer) {
        assertThat(equality.compare(reference, answer))
                .satisfies(
                        grade -> assertThat(grade.verdict()).as(grade.reason()).isNotEqualTo(Verdict.CORRECT));
    }
}
