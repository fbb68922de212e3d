package io.tramontane.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PackedNumbersTest {

    @Test
    void isLittleEndian() {
        assertThat(PackedNumbers.ints(new int[] {1, -2}).array()).containsExactly(1, 0, 0, 0, -2, -1, -1, -1);
        assertThat(PackedNumbers.floats(new float[] {1f}).array()).containsExactly(0, 0, -128, 63);
    }

    @Test
    void survivesTheRoundTripBitForBit() {
        int[] ints = {0, 1, Integer.MIN_VALUE, Integer.MAX_VALUE};
        float[] floats = {0f, -0f, Float.MIN_VALUE, Float.NEGATIVE_INFINITY, Float.NaN};
        assertThat(PackedNumbers.toInts(PackedNumbers.ints(ints))).containsExactly(ints);
        assertThat(PackedNumbers.toFloats(PackedNumbers.floats(floats))).containsExactly(floats);
        assertThat(PackedNumbers.count(PackedNumbers.ints(new int[0]))).isZero();
    }

    @Test
    void readsFromTheBuffersPositionAndDoesNotMoveIt() {
        ByteBuffer buffer = ByteBuffer.wrap(new byte[] {9, 1, 0, 0, 0}).position(1);
        assertThat(PackedNumbers.toInts(buffer)).containsExactly(1);
        assertThat(buffer.position()).isEqualTo(1);
    }

    @Test
    void refusesPartsOfValues() {
        assertThatThrownBy(() -> PackedNumbers.toFloats(ByteBuffer.allocate(6)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("6");
    }
}
