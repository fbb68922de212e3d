package io.tramontane.policy.generation;

import java.util.List;

/**
 * A finished completion.
 *
 * @param tokens with the end-of-sequence token, unless truncated
 * @param logProbs of each token at temperature 1 under the weights that sampled it
 * @param spans contiguous and covering all tokens
 * @param truncated whether the token budget ended it
 */
public record GeneratedSequence(
        String id, int[] promptTokens, int[] tokens, float[] logProbs, List<VersionSpan> spans, boolean truncated) {}
