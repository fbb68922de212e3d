package io.tramontane.pipeline.grouping;

import io.tramontane.pipeline.metrics.DropMetrics;
import io.tramontane.pipeline.metrics.OperatorMetrics;
import io.tramontane.pipeline.metrics.PipelineCatalogue;
import io.tramontane.schemas.DropReason;
import java.time.Duration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

/** What is open in a grouping subtask, what it asks for and what it drops. Written by the task's thread. */
final class GroupingMetrics {

    private final DropMetrics drops;
    private final Counter askedFor;

    /** @param patience after which an open group has its first deadline */
    GroupingMetrics(OperatorMetrics metrics, OpenGroups groups, Duration patience, ProcessingTimeService time) {
        // A late completion has the reason of its group, and a complete group makes it a duplicate.
        drops = new DropMetrics(
                metrics, DropReason.DUPLICATE, DropReason.STALE, DropReason.INCOMPLETE, DropReason.MALFORMED);
        askedFor = metrics.counter(PipelineCatalogue.ASKED_FOR_SAMPLES);
        metrics.gauge(PipelineCatalogue.OPEN_GROUPS, groups::size);
        metrics.gauge(PipelineCatalogue.GROUPING_HEAP, groups::bytes);
        metrics.gauge(
                PipelineCatalogue.OLDEST_GROUP_AGE,
                () -> groups.oldest()
                        .map(oldest -> time.getCurrentProcessingTime() - (oldest.getValue() - patience.toMillis()))
                        .orElse(0L));
        metrics.text(
                PipelineCatalogue.OLDEST_GROUP,
                () -> groups.oldest().map(oldest -> oldest.getKey()).orElse(""));
    }

    /** One completion that is in no group's record. */
    void dropped(DropReason reason) {
        drops.count(reason, 1);
    }

    /** A group was asked for its missing samples. */
    void askedFor() {
        askedFor.inc();
    }
}
