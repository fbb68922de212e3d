package io.tramontane.rewards.correctness;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.schemas.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumericEqualityTest {

    private final NumericEquality equality = new NumericEquality();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5|5",
                "5|+5",
                "5|05",
                "5|5.0",
                "5|5.",
                "-5|-5",
                "-5|\u22125",
                "0|-0",
                "0.5|.5",
                "0.5|1/2",
                "0.5|2/4",
                "1/2|\\frac{1}{2}",
                "1/2|\\dfrac12",
                "-1/2|-\\frac{1}{2}",
                "-1/2|\\frac{-1}{2}",
                "1.5|1 1/2",
                "1.5|1\\frac{1}{2}",
                "-1.5|-1 1/2",
                "65,960|65960",
                "65960|65,960",
                "1450000|1,450,000",
                "1234567.5|1,234,567.5",
                "1000|1 000",
                "1000|1\u202f000",
                "1000|1{,}000",
                "1000|1\\,000",
                "1234.5|1.234,5",
                "1234567|1.234.567",
                "1000000|1'000'000",
                "1.5|1,5",
                "0.125|0,125",
                "1234.567|1234,567",
                "18|$18",
                "18|\\$18",
                "18|$18$",
                "18|\\(18\\)",
                "18|18 dollars",
                "18|18 dollars.",
                "18|18 €",
                "18|€18",
                "18|x = 18",
                "18|18\\text{ apples}",
                "18|18 \\text{cm}^2",
                "18|18 cm²",
                "18|18 m",
                "18|18m",
                "18 km|18 km",
                "18 km|18",
                "50|50%",
                "50\\%|50",
                "37|37°",
                "1500|1.5e3",
                "1234567890123456789012345678901234567890|1234567890123456789012345678901234567890",
            })
    void equalNumbers(String reference, String answer) {
        assertThat(equality.compare(reference, answer).verdict())
                .as("%s = %s", reference, answer)
                .isEqualTo(Verdict.CORRECT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5|6",
                "5|-5",
                "5|5.0000001",
                "1/3|0.33",
                "1/3|0.3333333333333333",
                "1234567890123456789012345678901234567890|1234567890123456789012345678901234567891",
                "1234|1.234",
                "18 km|18 m",
                "5|''",
            })
    void differentNumbers(String reference, String answer) {
        assertThat(equality.compare(reference, answer).verdict())
                .as("%s = %s", reference, answer)
                .isEqualTo(Verdict.WRONG);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5|five",
                "5|5x",
                "5|5 and 6",
                "5|5, 6",
                "5|3+2",
                "2|2 million",
                "2|2 Milliarden",
                "2|2\\pi",
                "2|2\\sqrt{1}",
                "5|1/0",
                "5|--5",
                "5|5..0",
                "5|1,23,4",
                "5|<5",
            })
    void whatIsNoPlainNumberIsUngradableNotWrong(String reference, String answer) {
        assertThat(equality.compare(reference, answer).verdict())
                .as("%s = %s", reference, answer)
                .isEqualTo(Verdict.UNGRADABLE);
    }

    @Test
    void referenceThatIsNoNumberIsMatchedAsText() {
        assertThat(equality.compare("x + 1", " x  + 1").verdict()).isEqualTo(Verdict.CORRECT);
        assertThat(equality.compare("x + 1", "1 + x").verdict()).isEqualTo(Verdict.UNGRADABLE);
    }

    @Test
    void hugeInputsAreRefusedQuickly() {
        assertThat(equality.compare("5", "9".repeat(100_000)).verdict()).isEqualTo(Verdict.UNGRADABLE);
        assertThat(equality.compare("5", "1e999999999").verdict()).isEqualTo(Verdict.UNGRADABLE);
        assertThat(equality.compare("5", "1".repeat(999) + "x").verdict()).isEqualTo(Verdict.UNGRADABLE);
        assertThat(equality.compare("5", "\\frac".repeat(199)).verdict()).isEqualTo(Verdict.UNGRADABLE);
    }
}
