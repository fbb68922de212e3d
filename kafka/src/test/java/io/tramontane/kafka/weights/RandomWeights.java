package io.tramontane.kafka.weights;

import io.tramontane.schemas.PackedNumbers;
import io.tramontane.schemas.TensorEntry;
import java.util.List;
import java.util.Random;

/** Weights for tests: one tensor of normally distributed floats, which compress as little as trained ones. */
final class RandomWeights {

    private RandomWeights() {}

    static WeightsPayload of(int floats, long seed) {
        Random random = new Random(seed);
        float[] values = new float[floats];
        for (int i = 0; i < floats; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new WeightsPayload(
                List.of(new TensorEntry("model.embed_tokens.weight", List.of((long) floats), 0L)),
                PackedNumbers.floats(values));
    }
}
