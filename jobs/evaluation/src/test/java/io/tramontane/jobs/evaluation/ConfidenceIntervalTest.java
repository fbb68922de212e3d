package io.tramontane.jobs.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ConfidenceIntervalTest {

    /** Newcombe 1998, table I: 81 of 263 gives 0.2553 to 0.3662, 15 of 148 gives 0.0624 to 0.1605. */
    @Test
    void isWilsonsIntervalWithOneCompletionAProblem() {
        assertInterval(ConfidenceInterval.wilson(shares(81, 263), 0.95), 0.2553, 0.3662);
        assertInterval(ConfidenceInterval.wilson(shares(15, 148), 0.95), 0.0624, 0.1605);
    }

    @Test
    void hasAWidthWhenAllOrNoneAreCorrect() {
        assertInterval(ConfidenceInterval.wilson(shares(0, 20), 0.95), 0, 0.1611);
        assertInterval(ConfidenceInterval.wilson(shares(20, 20), 0.95), 0.8389, 1);
    }

    @Test
    void samplesThatDisagreeWithinAProblemTellMoreThanSamplesThatAgree() {
        double[] independent = new double[100];
        Arrays.fill(independent, 0, 40, 0.25);
        Arrays.fill(independent, 40, 100, 0.5);
        ConfidenceInterval agreeing = ConfidenceInterval.wilson(shares(40, 100), 0.95);
        ConfidenceInterval spread = ConfidenceInterval.wilson(independent, 0.95);

        assertThat(spread.high() - spread.low()).isLessThan(agreeing.high() - agreeing.low());
    }

    @Test
    void moreConfidenceIsWider() {
        ConfidenceInterval narrow = ConfidenceInterval.wilson(shares(30, 100), 0.8);
        ConfidenceInterval wide = ConfidenceInterval.wilson(shares(30, 100), 0.99);

        assertThat(wide.low()).isLessThan(narrow.low());
        assertThat(wide.high()).isGreaterThan(narrow.high());
    }

    private static double[] shares(int correct, int of) {
        double[] shares = new double[of];
        Arrays.fill(shares, 0, correct, 1);
        return shares;
    }

    private static void assertInterval(ConfidenceInterval interval, double low, double high) {
        assertThat(interval.low()).isCloseTo(low, within(5e-5));
        assertThat(interval.high()).isCloseTo(high, within(5e-5));
    }
}
