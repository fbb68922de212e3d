package io.tramontane.policy.generation;

import io.tramontane.schemas.WeightsVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A sequence that is being sampled. */
final class RunningSequence {

    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private final GenerationRequest request;
    private final int[] tokens;
    private final float[] logProbs;
    private final List<VersionSpan> spans = new ArrayList<>();
    private int count;
    private boolean ended;

    RunningSequence(GenerationRequest request) {
        this.request = request;
        this.tokens = new int[request.maximumNewTokens()];
        this.logProbs = new float[request.maximumNewTokens()];
    }

    GenerationRequest request() {
        return request;
    }

    /** Position of the newest token, which the next decode step feeds. */
    int position() {
        return request.promptTokens().length + count - 1;
    }

    int newestToken() {
        return tokens[count - 1];
    }

    /**
     * The random number in [0, 1) of the next token: SplitMix64 at the token's index in the sequence's stream. It
     * depends on the seed and the index alone.
     */
    float nextUniform() {
        long z = request.seed() + (count + 1) * GOLDEN_GAMMA;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return ((z ^ (z >>> 31)) >>> 40) * 0x1p-24f;
    }

    void append(int token, float logProb, WeightsVersion version, int endOfSequence) {
        tokens[count] = token;
        logProbs[count] = logProb;
        VersionSpan last = spans.isEmpty() ? null : spans.get(spans.size() - 1);
        if (last != null && last.version().equals(version)) {
            spans.set(spans.size() - 1, new VersionSpan(version, last.start(), count + 1));
        } else {
            spans.add(new VersionSpan(version, count, count + 1));
        }
        count++;
        ended = token == endOfSequence;
    }

    boolean finished() {
        return ended || count == tokens.length;
    }

    GeneratedSequence result() {
        return new GeneratedSequence(
                request.id(),
                request.promptTokens(),
                Arrays.copyOf(tokens, count),
                Arrays.copyOf(logProbs, count),
                request.temperature() > 0 ? request.temperature() : 1,
                List.copyOf(spans),
                !ended);
    }
}
