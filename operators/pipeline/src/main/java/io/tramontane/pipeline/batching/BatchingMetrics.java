package io.tramontane.pipeline.batching;

import io.tramontane.pipeline.Staleness;
import io.tramontane.pipeline.metrics.DropMetrics;
import io.tramontane.pipeline.metrics.OperatorMetrics;
import io.tramontane.pipeline.metrics.PipelineCatalogue;
import io.tramontane.schemas.DropReason;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.GroupFate;
import io.tramontane.schemas.PackedNumbers;
import io.tramontane.schemas.ScoredCompletion;
import io.tramontane.schemas.WeightSpan;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;

/** What comes to batching, how long it is and how far behind. Written by the task's thread. */
final class BatchingMetrics {

    private final Map<GroupFate, Counter> completions = new EnumMap<>(GroupFate.class);
    private final Map<GroupFate, Counter> tokens = new EnumMap<>(GroupFate.class);
    private final Counter allTokens = new SimpleCounter();
    private final DropMetrics drops;
    private final TokenLagMetrics lag;
    private volatile double fill;

    BatchingMetrics(OperatorMetrics metrics) {
        for (GroupFate fate : GroupFate.values()) {
            completions.put(fate, metrics.counter(PipelineCatalogue.COMPLETIONS, fate.name()));
            tokens.put(fate, metrics.counter(PipelineCatalogue.COMPLETION_TOKENS, fate.name()));
        }
        metrics.meter(PipelineCatalogue.FINISHED_TOKENS, allTokens);
        metrics.gauge(PipelineCatalogue.BATCH_FILL, () -> fill);
        drops = new DropMetrics(metrics, DropReason.STALE);
        lag = metrics.histogram(PipelineCatalogue.TOKEN_LAG, new TokenLagMetrics());
    }

    /** A group came and has this fate now. */
    void ended(Group group, GroupFate fate) {
        long sum = 0;
        for (ScoredCompletion scored : group.getCompletions()) {
            sum += PackedNumbers.count(scored.getCompletion().getCompletionTokens());
        }
        completions.get(fate).inc(group.getCompletions().size());
        tokens.get(fate).inc(sum);
        allTokens.inc(sum);
    }

    /** A trainable group was found stale here. */
    void dropped(Group group) {
        drops.count(DropReason.STALE, group.getCompletions().size());
    }

    /** A group goes into the batch that is trained at {@code version}. */
    void batched(Group group, long version) {
        for (ScoredCompletion scored : group.getCompletions()) {
            for (WeightSpan span : scored.getCompletion().getSpans()) {
                lag.update(Staleness.lag(span, version), span.getEnd() - span.getStart());
            }
        }
    }

    /** @param share of the next batch that is there */
    void filled(double share, boolean batchComplete) {
        fill = share;
        if (batchComplete) {
            lag.nextBatch();
        }
    }
}
