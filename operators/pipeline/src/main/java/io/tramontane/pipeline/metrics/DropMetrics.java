package io.tramontane.pipeline.metrics;

import io.tramontane.schemas.DropReason;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;

/** Counts the completions that an operator drops. Used by the task's thread. */
public final class DropMetrics {

    private final Map<DropReason, Counter> byReason = new EnumMap<>(DropReason.class);

    /** @param reasons those for which the operator may drop a completion */
    public DropMetrics(OperatorMetrics metrics, DropReason... reasons) {
        for (DropReason reason : reasons) {
            byReason.put(reason, metrics.counter(PipelineCatalogue.DROPPED_COMPLETIONS, reason.name()));
        }
    }

    /** Notes that so many completions were dropped for this reason. */
    public void count(DropReason reason, int completions) {
        byReason.get(reason).inc(completions);
    }
}
