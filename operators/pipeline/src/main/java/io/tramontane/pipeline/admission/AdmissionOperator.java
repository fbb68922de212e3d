package io.tramontane.pipeline.admission;

import io.tramontane.pipeline.Outcomes;
import io.tramontane.pipeline.SideOutputs;
import io.tramontane.pipeline.Staleness;
import io.tramontane.pipeline.StalenessSettings;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.DropReason;
import io.tramontane.schemas.WeightsManifest;
import io.tramontane.schemas.WeightsVersion;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Lets each completion pass once, before anything is spent on it. Keyed by group id, with the weights manifest
 * broadcast.
 *
 * <ul>
 *   <li>A completion whose id was seen gets an outcome DUPLICATE of its own: the first delivery is the one that counts.
 *   <li>A completion that lags too far behind the newest weights goes to {@link SideOutputs#STALE}, unscored, and so
 *       does every later one of its group. Grouping, which alone ends groups, ends it as STALE.
 *   <li>Everything else goes on to scoring.
 * </ul>
 */
public final class AdmissionFunction
        extends KeyedBroadcastProcessFunction<String, Completion, WeightsManifest, Completion> {

    private static final long serialVersionUID = 1L;

    /** Newest weights by run id, the broadcast state. */
    public static final MapStateDescriptor<String, WeightsVersion> NEWEST_WEIGHTS =
            new MapStateDescriptor<>("newest-weights", Types.STRING, TypeInformation.of(WeightsVersion.class));

    private final StalenessSettings staleness;
    private final AdmissionSettings settings;
    private transient ValueState<GroupMemory> memory;
    private transient Counter duplicates;
    private transient Counter stale;

    public AdmissionFunction(StalenessSettings staleness, AdmissionSettings settings) {
        this.staleness = staleness;
        this.settings = settings;
    }

    @Override
    public void open(OpenContext context) {
        var descriptor = new ValueStateDescriptor<>("group-memory", TypeInformation.of(GroupMemory.class));
        descriptor.enableTimeToLive(StateTtlConfig.newBuilder(settings.memory()).build());
        memory = getRuntimeContext().getState(descriptor);
        duplicates = getRuntimeContext().getMetricGroup().counter("duplicateCompletions");
        stale = getRuntimeContext().getMetricGroup().counter("staleCompletions");
    }

    @Override
    public void processElement(Completion completion, ReadOnlyContext context, Collector<Completion> out)
            throws Exception {
        GroupMemory known = memory.value();
        GroupMemory before = known == null ? GroupMemory.EMPTY : known;
        int sample = completion.getSampleIndex();
        if (before.hasSeen(sample)) {
            duplicates.inc();
            context.output(
                    SideOutputs.OUTCOMES,
                    Outcomes.dropped(completion, DropReason.DUPLICATE, context.currentProcessingTime()));
            return;
        }
        WeightsVersion newest = context.getBroadcastState(NEWEST_WEIGHTS).get(completion.getRunId());
        boolean tooOld = newest != null
                && Staleness.maximumLag(completion.getSpans(), newest.version()) > staleness.maximumLag();
        GroupMemory after = before.with(sample, tooOld);
        memory.update(after);
        if (after.stale()) {
            stale.inc();
            context.output(SideOutputs.STALE, completion);
        } else {
            out.collect(completion);
        }
    }

    @Override
    public void processBroadcastElement(WeightsManifest manifest, Context context, Collector<Completion> out)
            throws Exception {
        BroadcastState<String, WeightsVersion> newest = context.getBroadcastState(NEWEST_WEIGHTS);
        var published = new WeightsVersion(manifest.getIncarnation(), manifest.getVersion());
        WeightsVersion known = newest.get(manifest.getRunId());
        if (known == null || published.supersedes(known)) {
            newest.put(manifest.getRunId(), published);
        }
    }
}
