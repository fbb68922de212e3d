package io.tramontane.kafka.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tramontane.schemas.TensorEntry;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightsPayloadTest {

    private static final ByteBuffer TWENTY_FOUR = ByteBuffer.allocate(24);

    @Test
    void tensorsLieWithinTheData() {
        assertThatCode(() -> payload(tensor(0, 2, 3))).doesNotThrowAnyException();
        assertThatThrownBy(() -> payload(tensor(4, 2, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tensor t ")
                .hasMessageContaining("outside of 24 bytes");
        assertThatThrownBy(() -> payload(tensor(-4, 1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> payload(tensor(0, -1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> payload(tensor(0, Long.MAX_VALUE, 2))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyReaderHasItsOwnPosition() {
        WeightsPayload payload = payload(tensor(0, 6));
        payload.data().getInt();
        assertThat(payload.data().remaining()).isEqualTo(24);
    }

    private static WeightsPayload payload(TensorEntry tensor) {
        return new WeightsPayload(List.of(tensor), TWENTY_FOUR);
    }

    private static TensorEntry tensor(long offset, long... shape) {
        return new TensorEntry("t", Arrays.stream(shape).boxed().toList(), offset);
    }
}
