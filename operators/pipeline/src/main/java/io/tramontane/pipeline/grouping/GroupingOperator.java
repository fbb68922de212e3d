package io.tramontane.pipeline.grouping;

import io.tramontane.pipeline.Outcomes;
import io.tramontane.pipeline.SideOutputs;
import io.tramontane.pipeline.metrics.OperatorMetrics;
import io.tramontane.pipeline.transport.CompletionTypes;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.DropReason;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.GroupFate;
import io.tramontane.schemas.ScoredCompletion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Collects the completions of a prompt and ends each group exactly once: complete, STALE as soon as one stale
 * completion shows (second input), or INCOMPLETE when the deadline passes or the input ends. Where there is a prompt
 * scheduler, the samples that are missing at the deadline are asked for once, and the group gets its time again. A
 * completion that comes after the end gets an outcome of its own with the group's reason. Keyed by group id.
 *
 * <p>Open groups live on the heap, and a checkpoint writes to keyed state only what is new in groups still open: most
 * groups come and go between two checkpoints and never touch RocksDB. Beyond a bound of bytes the groups longest on the
 * heap are written early and dropped from it. An operator rather than a function, because writing back at a checkpoint
 * needs the keyed state of every open group.
 *
 * <p>Deadlines are no state: on restore each open group gets the full time again, since the downtime was not its fault.
 * That a group was asked for is state.
 */
public final class GroupingOperator extends AbstractStreamOperator<Group>
        implements TwoInputStreamOperator<ScoredCompletion, Completion, Group>, BoundedMultiInput {

    private static final long serialVersionUID = 1L;

    private static final String OPEN = "open-completions";
    private static final String CLOSED = "closed-group";
    private static final int INPUTS = 2;

    private final GroupingSettings settings;
    private final AtDeadline atDeadline;
    private transient OpenGroups groups;
    private transient ListState<ScoredCompletion> open;
    private transient ValueState<GroupFate> closed;
    private transient MissingSamplesKeyedState missing;
    private transient GroupingMetrics metrics;
    private transient boolean timerSet;
    private transient int endedInputs;

    public GroupingOperator(GroupingSettings settings, AtDeadline atDeadline) {
        this.settings = settings;
        this.atDeadline = atDeadline;
    }

    @Override
    public void open() throws Exception {
        super.open();
        groups = new OpenGroups(settings.heapBytes());
        open = getPartitionedState(new ListStateDescriptor<>(OPEN, CompletionTypes.SCORED_COMPLETION));
        var descriptor = new ValueStateDescriptor<>(CLOSED, TypeInformation.of(GroupFate.class));
        descriptor.enableTimeToLive(StateTtlConfig.newBuilder(settings.memory()).build());
        closed = getPartitionedState(descriptor);
        missing = new MissingSamplesKeyedState(atDeadline, getKeyedStateBackend(), this::getPartitionedState);
        metrics = new GroupingMetrics(
                new OperatorMetrics(getMetricGroup()), groups, settings.deadline(), getProcessingTimeService());
        reload();
    }

    private void reload() throws Exception {
        List<String> ids;
        try (Stream<String> keys = this.<String>getKeyedStateBackend().getKeys(OPEN, VoidNamespace.INSTANCE)) {
            ids = keys.sorted().toList();
        }
        for (String id : ids) {
            setCurrentKey(id);
            groups.put(id, OpenGroup.restore(open.get()), deadline());
            spillOverflow("");
        }
        setTimer();
    }

    @Override
    public void processElement1(StreamRecord<ScoredCompletion> element) throws Exception {
        ScoredCompletion scored = element.getValue();
        accept(scored).filter(OpenGroup::complete).ifPresent(group -> close(idOf(scored), group, GroupFate.TRAINABLE));
    }

    @Override
    public void processElement2(StreamRecord<Completion> element) throws Exception {
        ScoredCompletion unscored = new ScoredCompletion(element.getValue(), 0.0, List.of(), 0.0);
        accept(unscored).ifPresent(group -> close(idOf(unscored), group, GroupFate.STALE));
    }

    private static String idOf(ScoredCompletion scored) {
        return scored.getCompletion().getGroupId();
    }

    /** The group that took the completion in, if one did; else the completion has got its outcome. */
    private Optional<OpenGroup> accept(ScoredCompletion scored) throws Exception {
        String id = idOf(scored);
        OpenGroup group = groups.onHeap(id).orElse(null);
        if (group == null && !groups.known(id)) {
            GroupFate fate = closed.value();
            if (fate != null) {
                // A complete group has all its samples, so whatever else comes is one of them again.
                drop(scored, fate == GroupFate.TRAINABLE ? DropReason.DUPLICATE : Outcomes.reasonOf(fate));
                return Optional.empty();
            }
            group = new OpenGroup(scored.getCompletion().getGroupSize());
            groups.put(id, group, deadline());
            setTimer();
        } else if (group == null) {
            group = OpenGroup.restore(open.get());
            groups.put(id, group, deadline());
        }
        long before = group.bytes();
        switch (group.offer(scored)) {
            case ACCEPTED -> {
                groups.grew(group.bytes() - before);
                spillOverflow(id);
                return Optional.of(group);
            }
            case DUPLICATE -> drop(scored, DropReason.DUPLICATE);
            case OTHER_SIZE -> drop(scored, DropReason.MALFORMED);
        }
        return Optional.empty();
    }

    private void drop(ScoredCompletion scored, DropReason reason) {
        metrics.dropped(reason);
        output.collect(
                SideOutputs.OUTCOMES, new StreamRecord<>(Outcomes.dropped(scored.getCompletion(), reason, now())));
    }

    /** Ends the group; its key must be current. */
    private void close(String id, OpenGroup group, GroupFate fate) {
        try {
            if (group.written()) {
                open.clear();
            }
            closed.update(fate);
        } catch (Exception e) {
            throw new IllegalStateException("cannot close group " + id, e);
        }
        missing.forget(id);
        groups.remove(id);
        output.collect(new StreamRecord<>(group.close(fate)));
    }

    /** Moves groups other than {@code current} off the heap until it is within its bound; keeps the current key. */
    private void spillOverflow(String current) throws Exception {
        Object key = getCurrentKey();
        for (var id = groups.overflow(current); id.isPresent(); id = groups.overflow(current)) {
            write(id.get(), groups.onHeap(id.get()).orElseThrow());
            groups.evict(id.get());
        }
        setCurrentKey(key);
    }

    private void write(String id, OpenGroup group) throws Exception {
        List<ScoredCompletion> unwritten = group.unwritten();
        if (!unwritten.isEmpty()) {
            setCurrentKey(id);
            open.addAll(unwritten);
            group.markWritten();
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        for (Map.Entry<String, OpenGroup> entry : groups.heap().entrySet()) {
            write(entry.getKey(), entry.getValue());
        }
        super.snapshotState(context);
    }

    private long now() {
        return getProcessingTimeService().getCurrentProcessingTime();
    }

    private long deadline() {
        return now() + settings.deadline().toMillis();
    }

    private void setTimer() {
        Optional<Map.Entry<String, Long>> earliest = groups.earliest();
        if (!timerSet && earliest.isPresent()) {
            timerSet = true;
            getProcessingTimeService().registerTimer(earliest.get().getValue(), this::closeOverdue);
        }
    }

    private void closeOverdue(long time) throws Exception {
        timerSet = false;
        endOverdue(time, true);
        setTimer();
    }

    /** Ends the groups whose deadline is not after {@code time}, or asks for what they miss where they may be. */
    private void endOverdue(long time, boolean mayAsk) throws Exception {
        for (var next = groups.earliest(); next.isPresent(); next = groups.earliest()) {
            if (next.get().getValue() > time) {
                return;
            }
            String id = next.get().getKey();
            setCurrentKey(id);
            Optional<OpenGroup> onHeap = groups.onHeap(id);
            OpenGroup group = onHeap.isPresent() ? onHeap.get() : OpenGroup.restore(open.get());
            if (mayAsk && missing.ask(id)) {
                metrics.askedFor();
                groups.postpone(id, deadline());
                output.collect(SideOutputs.REQUESTS, new StreamRecord<>(group.missing()));
            } else {
                close(id, group, GroupFate.INCOMPLETE);
            }
        }
    }

    /** When no more completions can come, what is open stays incomplete. */
    @Override
    public void endInput(int input) throws Exception {
        endedInputs++;
        if (endedInputs == INPUTS) {
            endOverdue(Long.MAX_VALUE, false);
        }
    }
}
