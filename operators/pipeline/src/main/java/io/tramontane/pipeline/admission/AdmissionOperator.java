package io.tramontane.pipeline.admission;

import io.tramontane.pipeline.Outcomes;
import io.tramontane.pipeline.SideOutputs;
import io.tramontane.pipeline.Staleness;
import io.tramontane.pipeline.StalenessSettings;
import io.tramontane.pipeline.admission.RecentGroups.Unwritten;
import io.tramontane.pipeline.metrics.DropMetrics;
import io.tramontane.pipeline.metrics.OperatorMetrics;
import io.tramontane.pipeline.metrics.PipelineCatalogue;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.DropReason;
import io.tramontane.schemas.WeightsManifest;
import io.tramontane.schemas.WeightsVersion;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Lets each completion pass once, before anything is spent on it. Keyed by group id, with the weights manifest
 * broadcast on the second input.
 *
 * <ul>
 *   <li>A completion whose id was seen gets an outcome DUPLICATE of its own: the first delivery is the one that counts.
 *   <li>A completion that lags too far behind the newest weights goes to {@link SideOutputs#STALE}, unscored, and so
 *       does every later one of its group. Grouping, which alone ends groups, ends it as STALE.
 *   <li>Everything else goes on to scoring.
 * </ul>
 *
 * <p>What it remembers of the groups that completions come for now is on the heap, and a checkpoint writes what has
 * changed to keyed state: RocksDB is asked once a group instead of twice a completion. An operator rather than a
 * function, because writing back needs the keyed state of other groups than the current one.
 */
public final class AdmissionOperator extends AbstractStreamOperator<Completion>
        implements TwoInputStreamOperator<Completion, WeightsManifest, Completion> {

    private static final long serialVersionUID = 1L;

    /** Newest weights by run id, the broadcast state. */
    private static final MapStateDescriptor<String, WeightsVersion> NEWEST_WEIGHTS =
            new MapStateDescriptor<>("newest-weights", Types.STRING, TypeInformation.of(WeightsVersion.class));

    /** Groups remembered on the heap, some 200 bytes each; all others are in keyed state only. */
    public static final int GROUPS_ON_HEAP = 32_768;

    private final StalenessSettings staleness;
    private final AdmissionSettings settings;
    private final int groupsOnHeap;
    private transient BroadcastState<String, WeightsVersion> newestWeights;
    private transient ValueState<GroupMemory> memory;
    private transient RecentGroups recent;
    private transient DropMetrics drops;
    private transient Counter stale;
    private transient AdoptionMetrics adoption;

    public AdmissionOperator(StalenessSettings staleness, AdmissionSettings settings) {
        this(staleness, settings, GROUPS_ON_HEAP);
    }

    AdmissionOperator(StalenessSettings staleness, AdmissionSettings settings, int groupsOnHeap) {
        this.staleness = staleness;
        this.settings = settings;
        this.groupsOnHeap = groupsOnHeap;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        newestWeights = context.getOperatorStateStore().getBroadcastState(NEWEST_WEIGHTS);
    }

    @Override
    public void open() throws Exception {
        super.open();
        var descriptor = new ValueStateDescriptor<>("group-memory", TypeInformation.of(GroupMemory.class));
        descriptor.enableTimeToLive(StateTtlConfig.newBuilder(settings.memory()).build());
        memory = getPartitionedState(descriptor);
        recent = new RecentGroups(groupsOnHeap, settings.memory().toMillis());
        OperatorMetrics metrics = new OperatorMetrics(getMetricGroup());
        drops = new DropMetrics(metrics, DropReason.DUPLICATE);
        stale = metrics.counter(PipelineCatalogue.STALE_COMPLETIONS);
        adoption = new AdoptionMetrics(metrics);
    }

    @Override
    public void processElement1(StreamRecord<Completion> element) throws Exception {
        Completion completion = element.getValue();
        String group = completion.getGroupId();
        long now = getProcessingTimeService().getCurrentProcessingTime();
        GroupMemory before = remembered(group, now);
        int sample = completion.getSampleIndex();
        if (before.hasSeen(sample)) {
            drops.count(DropReason.DUPLICATE, 1);
            output.collect(
                    SideOutputs.OUTCOMES, new StreamRecord<>(Outcomes.dropped(completion, DropReason.DUPLICATE, now)));
            return;
        }
        adoption.arrived(completion);
        GroupMemory after = before.with(sample, tooOld(completion));
        recent.put(group, after, now);
        write(recent.evict(), group);
        if (after.stale()) {
            stale.inc();
            output.collect(SideOutputs.STALE, element);
        } else {
            output.collect(element);
        }
    }

    private GroupMemory remembered(String group, long now) throws Exception {
        Optional<GroupMemory> onHeap = recent.get(group, now);
        if (onHeap.isPresent()) {
            return onHeap.get();
        }
        GroupMemory stored = memory.value();
        return stored == null ? GroupMemory.EMPTY : stored;
    }

    private boolean tooOld(Completion completion) throws Exception {
        WeightsVersion newest = newestWeights.get(completion.getRunId());
        return newest != null && Staleness.maximumLag(completion.getSpans(), newest.version()) > staleness.maximumLag();
    }

    @Override
    public void processElement2(StreamRecord<WeightsManifest> element) throws Exception {
        WeightsManifest manifest = element.getValue();
        var published = new WeightsVersion(manifest.getIncarnation(), manifest.getVersion());
        WeightsVersion known = newestWeights.get(manifest.getRunId());
        if (known == null || published.supersedes(known)) {
            newestWeights.put(manifest.getRunId(), published);
            adoption.published(manifest);
        }
    }

    /** Keeps the current key. */
    private void write(List<Unwritten> unwritten, Object current) throws Exception {
        if (unwritten.isEmpty()) {
            return;
        }
        for (Unwritten one : unwritten) {
            setCurrentKey(one.groupId());
            memory.update(one.memory());
        }
        setCurrentKey(current);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        for (Unwritten one : recent.takeUnwritten()) {
            setCurrentKey(one.groupId());
            memory.update(one.memory());
        }
        super.snapshotState(context);
    }
}
