package io.tramontane.policy.generation;

import io.tramontane.policy.PolicyConfig;
import java.util.stream.LongStream;

/**
 * Size of a generation engine.
 *
 * @param slots sequences decoded side by side
 * @param maximumTokens longest sequence, prompt and completion together; with the slots it sizes the KV cache
 */
public record GenerationSettings(int slots, int maximumTokens) {

    /** Bytes of the KV cache, in float32. */
    public long cacheBytes(PolicyConfig config) {
        return LongStream.of(cacheShape(config)).reduce(Float.BYTES, Math::multiplyExact);
    }

    /** [layers, 2, slots, key-value heads, positions, head size]. */
    long[] cacheShape(PolicyConfig config) {
        return new long[] {config.layers(), 2, slots, config.keyValueHeads(), maximumTokens, config.headSize()};
    }
}
