package io.tramontane.pipeline;

import io.tramontane.schemas.WeightSpan;
import java.util.List;

/**
 * How far the weights that sampled a token lie behind others, in optimizer steps.
 *
 * <p>Only versions count, not incarnations: a version is the number of optimizer steps the weights have seen, also
 * after a restart. Weights of an incarnation that was rolled back may be ahead; their lag is 0, and the recorded
 * log-probabilities keep the importance ratio right.
 */
public final class Staleness {

    private Staleness() {}

    /** Lag of one span behind {@code version}, at least 0. */
    public static long lag(WeightSpan span, long version) {
        return Math.max(0, version - span.getVersion());
    }

    /** Largest lag of any token behind {@code version}; 0 without spans. */
    public static long maximumLag(List<WeightSpan> spans, long version) {
        long maximum = 0;
        for (WeightSpan span : spans) {
            maximum = Math.max(maximum, lag(span, version));
        }
        return maximum;
    }
}
