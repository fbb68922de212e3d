package io.tramontane.policy.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LossInputTest {

    private final LossInput input = new LossInput(
            new float[] {-1, -100, -0.5f, -21},
            new float[] {-1, -0, -100, -1},
            new float[0],
            new double[4],
            new double[] {1, 1, 1, 1},
            new int[] {0, 0, 2, 5});

    @Test
    void logRatiosAreBoundedAndBeyondTheBoundTheyDoNotMove() {
        assertThat(input.logRatio(0)).isEqualTo(0);
        assertThat(input.logRatio(1)).isEqualTo(-20);
        assertThat(input.logRatio(2)).isEqualTo(20);
        assertThat(input.moves(0)).isTrue();
        assertThat(input.moves(1)).isFalse();
        assertThat(input.moves(2)).isFalse();
        assertThat(input.moves(3)).isTrue();
        assertThat(input.ratio(0)).isEqualTo(1);
        assertThat(input.ratio(2)).isEqualTo(StrictMath.exp(20));
    }

    @Test
    void aSequenceEndsWhereTheNextBegins() {
        assertThat(input.sequenceEnd(0)).isEqualTo(2);
        assertThat(input.sequenceEnd(1)).isEqualTo(2);
        assertThat(input.sequenceEnd(2)).isEqualTo(3);
        assertThat(input.sequenceEnd(3)).isEqualTo(4);
    }

    @Test
    void thereIsOneValueATokenAndSequencesStandSideBySide() {
        assertThatThrownBy(() -> input.withTokenWeights(new double[3])).hasMessage("one value a token, of 4");
        assertThatThrownBy(() -> new LossInput(
                        new float[2], new float[2], new float[0], new double[2], new double[2], new int[] {1, 0}))
                .hasMessage("sequences fall at token 1");
    }
}
