package io.tramontane.policy.generation;

import java.util.List;

/**
 * A finished completion.
 *
 * @param tokens with the end-of-sequence token, unless truncated
 * @param logProbs of each token under the weights that sampled it, at {@code temperature}
 * @param temperature of the distribution that was sampled; 1 where it was the most likely token
 * @param spans contiguous and covering all tokens
 * @param truncated whether the token budget ended it
 */
public record GeneratedSequence(
        String id,
        int[] promptTokens,
        int[] tokens,
        float[] logProbs,
        float temperature,
        List<VersionSpan> spans,
        boolean truncated) {}
