package io.tramontane.pipeline.batching;

import io.tramontane.pipeline.Staleness;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.ScoredCompletion;
import io.tramontane.schemas.WeightSpan;

/**
 * How far the trained tokens lag behind the version they are trained at, in versions. Flink state: fields may be added
 * or removed, not retyped.
 *
 * @param tokens completion tokens
 * @param sum their lags added up
 * @param maximum their largest lag
 */
public record TokenLag(long tokens, long sum, long maximum) {

    /** Of no token. */
    public static final TokenLag NONE = new TokenLag(0, 0, 0);

    static TokenLag of(Group group, long version) {
        long tokens = 0;
        long sum = 0;
        long maximum = 0;
        for (ScoredCompletion scored : group.getCompletions()) {
            for (WeightSpan span : scored.getCompletion().getSpans()) {
                long lag = Staleness.lag(span, version);
                int length = span.getEnd() - span.getStart();
                tokens += length;
                sum += lag * length;
                maximum = Math.max(maximum, lag);
            }
        }
        return new TokenLag(tokens, sum, maximum);
    }

    TokenLag plus(TokenLag other) {
        return new TokenLag(tokens + other.tokens, sum + other.sum, Math.max(maximum, other.maximum));
    }

    /** Mean lag of a token; 0 without tokens. */
    public double mean() {
        return tokens == 0 ? 0 : (double) sum / tokens;
    }
}
