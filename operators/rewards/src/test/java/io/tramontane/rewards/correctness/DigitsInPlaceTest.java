package io.tramontane.rewards.correctness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigitsInPlaceTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // reference | answer | share
                "42|41|0.5",
                "42|52|0.5",
                "42|24|0",
                "42|142|0.6666666666666666",
                "1,234|1235|0.75",
                "12.5|12.4|0.6666666666666666",
                "12.5|12|0.6666666666666666",
                "100|1|0",
                "-42|-43|0.5",
                // Nothing, since nothing says how near they are.
                "42|-42|0",
                "1/3|0.34|0",
                "x|y|0",
                "42|forty|0",
                // The unit alone is wrong.
                "5 km|5 m|0",
            })
    void sharesCountDigitsByTheirPlace(String reference, String answer, double share) {
        assertThat(DigitsInPlace.share(reference, answer)).isEqualTo(share);
    }
}
