package io.tramontane.rewards.code;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputComparisonTest {

    private static final OutputComparison EXACT = new OutputComparison(0);
    private static final OutputComparison CLOSE = new OutputComparison(1e-6);

    @Test
    void spacesAtTheEndsOfLinesAndEmptyLinesAtTheEndDoNotCount() {
        assertThat(EXACT.difference("1 2\n3\n", "1 2  \r\n  3\n\n\n")).isEmpty();
        assertThat(EXACT.difference("", "\n \n")).isEmpty();
        assertThat(EXACT.difference("a", "a")).isEmpty();
    }

    @Test
    void theFirstDifferenceIsSaid() {
        assertThat(EXACT.difference("1\n5\n", "1\n6\n")).contains("wrong answer on line 2: expected '5', got '6'");
        assertThat(EXACT.difference("1\n5\n", "1\n"))
                .contains("wrong answer: the output ends after line 1, expected '5'");
        assertThat(EXACT.difference("1\n", "1\n5")).contains("wrong answer: the output goes on after line 1 with '5'");
        assertThat(EXACT.difference("1\n", "")).contains("wrong answer: there is no output, expected '1'");
        assertThat(EXACT.difference("1 2", "1  2")).isPresent();
        assertThat(EXACT.difference("\n1", "1")).isPresent();
        assertThat(EXACT.difference("x".repeat(1_000), "").orElseThrow()).hasSizeLessThan(200);
    }

    @Test
    void numbersMayBeCloseWhereThatIsAllowed() {
        assertThat(CLOSE.difference("0.333333 x", "0.3333333333   x")).isEmpty();
        assertThat(CLOSE.difference("1e9", "1000000000.5")).isEmpty();
        assertThat(CLOSE.difference("1.0", "1")).isEmpty();
        assertThat(CLOSE.difference("1.0", "1.00001")).isPresent();
        assertThat(CLOSE.difference("1.0", "nan")).isPresent();
        assertThat(CLOSE.difference("1.0", "0x1p0")).isPresent();
        assertThat(CLOSE.difference("1.0", "1.0 2")).isPresent();
        assertThat(EXACT.difference("1.0", "1")).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1 | 1.0 | true",
                "0.1 | 0.1 | true",
                "0.30000000000000004 | 0.3 | false",
                "9007199254740993 | 9007199254740992 | false",
                "[1, [2]] | [1, [2]] | true",
                "[1, 2] | [2, 1] | false",
                "[1] | [1, 2] | false",
                "{\"a\": 1, \"b\": 2} | {\"b\": 2, \"a\": 1.0} | true",
                "{\"a\": 1} | {\"b\": 1} | false",
                "true | 1 | false",
                "null | null | true",
                "null | 0 | false",
                "\"1\" | 1 | false",
                "NaN | NaN | true",
                "Infinity | -Infinity | false",
                "1e400 | 2e400 | false",
            })
    void valuesAreComparedByMeaning(String expected, String actual, boolean same) throws JsonProcessingException {
        assertThat(EXACT.difference(TestSuite.JSON.readTree(expected), TestSuite.JSON.readTree(actual))
                        .isEmpty())
                .isEqualTo(same);
    }

    @Test
    void valuesMayBeCloseToo() throws JsonProcessingException {
        assertThat(CLOSE.difference(TestSuite.JSON.readTree("[0.5]"), TestSuite.JSON.readTree("[0.50000001]")))
                .isEmpty();
    }
}
