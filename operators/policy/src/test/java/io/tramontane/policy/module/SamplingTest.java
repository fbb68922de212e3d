package io.tramontane.policy.module;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.tramontane.policy.PolicyConfig;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Which token is drawn for a uniform number, with logits given directly: hidden states and embedding of size 1. */
class SamplingTest {

    /** That of Qwen 2.5 and Qwen 3: long enough for cumulative sums in float32 to end below 1. */
    private static final int VOCABULARY = 151_936;

    /** Tokens from here on have the probability 0. */
    private static final int POSSIBLE = 151_643;

    private static final float LARGEST_UNIFORM = 1 - 0x1p-24f;

    @Test
    void aTokenOfZeroProbabilityIsNeverDrawn() {
        PolicyConfig config = new PolicyConfig(VOCABULARY, 1, 1, 1, 1, 1, 2, 8, 1e-5, 10_000);
        try (PolicyModule module = new PolicyModule(config);
                NDManager scope = module.manager().newSubManager()) {
            SplittableRandom random = new SplittableRandom(1);
            for (int distribution = 0; distribution < 8; distribution++) {
                float spread = distribution;
                float[] logits = new float[VOCABULARY];
                for (int token = 0; token < VOCABULARY; token++) {
                    logits[token] = token < POSSIBLE ? spread * (float) random.nextDouble() : -1_000;
                }
                float[] uniforms = new float[24];
                for (int i = 0; i < uniforms.length; i++) {
                    uniforms[i] = (random.nextInt() >>> 8) * 0x1p-24f;
                }
                uniforms[0] = 0;
                uniforms[1] = LARGEST_UNIFORM;
                uniforms[2] = LARGEST_UNIFORM - 0x1p-24f;

                assertThat(draw(module, scope, logits, uniforms))
                        .allSatisfy(token -> assertThat(token).isBetween(0L, POSSIBLE - 1L));
            }
        }
    }

    @Test
    void theFirstPossibleTokenIsDrawnForZeroAndTheLastForTheLargest() {
        PolicyConfig config = new PolicyConfig(6, 1, 1, 1, 1, 1, 2, 8, 1e-5, 10_000);
        try (PolicyModule module = new PolicyModule(config);
                NDManager scope = module.manager().newSubManager()) {
            float[] logits = {-1_000, 1, -1_000, 1, 1, -1_000};

            assertThat(draw(module, scope, logits, new float[] {0, 0.3f, 0.35f, 0.6f, 0.7f, LARGEST_UNIFORM}))
                    .containsExactly(1L, 1L, 3L, 3L, 4L, 4L);
        }
    }

    private static Long[] draw(PolicyModule module, NDManager scope, float[] logits, float[] uniforms) {
        NDList embedding = new NDList(scope.create(logits, new Shape(logits.length, 1)));
        long[] tokens = module.call(
                        scope,
                        "sample",
                        false,
                        embedding,
                        scope.ones(new Shape(uniforms.length, 1)),
                        scope.create(uniforms),
                        scope.ones(new Shape(uniforms.length)))
                .get("tokens")
                .toLongArray();
        return Arrays.stream(tokens).boxed().toArray(Long[]::new);
    }
}
