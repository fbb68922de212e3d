package io.tramontane.jobs.topology;

import io.tramontane.schemas.Completion;
import java.io.Serializable;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.functions.FilterFunction;

/** Which completions of a recorded run are replayed: all, those of some groups, or those finished in a span of time. */
public final class Selection implements FilterFunction<Completion>, Serializable {

    private static final long serialVersionUID = 1L;

    private final TreeSet<String> groupIds;
    private final long from;
    private final long to;

    private Selection(TreeSet<String> groupIds, long from, long to) {
        this.groupIds = groupIds;
        this.from = from;
        this.to = to;
    }

    /** Every completion. */
    public static Selection everything() {
        return new Selection(null, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** The completions of these groups: those of a range of steps. */
    public Selection ofGroups(Set<String> wanted) {
        return new Selection(new TreeSet<>(wanted), from, to);
    }

    /** Completions whose generation ended in [from, to). */
    public Selection finishedBetween(Instant first, Instant end) {
        return new Selection(groupIds, first.toEpochMilli(), end.toEpochMilli());
    }

    @Override
    public boolean filter(Completion completion) {
        return completion.getFinishedAt() >= from
                && completion.getFinishedAt() < to
                && (groupIds == null || groupIds.contains(completion.getGroupId()));
    }
}
