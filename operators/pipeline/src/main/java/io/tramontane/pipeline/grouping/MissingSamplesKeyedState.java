package io.tramontane.pipeline.grouping;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;

/**
 * Which open groups were asked for their missing samples. Keyed state, so that a group is asked for once also across a
 * restore; the heap copy spares the groups that were never asked for, which are nearly all, an access to it.
 */
final class MissingSamplesKeyedState {

    private static final String ASKED = "asked-for-missing-samples";

    private final AtDeadline atDeadline;
    private final ValueState<Boolean> state;
    private final Set<String> asked = new HashSet<>();

    /** Makes its state, or finds it again. */
    interface StateAccess {
        ValueState<Boolean> get(ValueStateDescriptor<Boolean> descriptor) throws Exception;
    }

    MissingSamplesKeyedState(AtDeadline atDeadline, KeyedStateBackend<String> backend, StateAccess access)
            throws Exception {
        this.atDeadline = atDeadline;
        this.state = access.get(new ValueStateDescriptor<>(ASKED, Types.BOOLEAN));
        try (Stream<String> keys = backend.getKeys(ASKED, VoidNamespace.INSTANCE)) {
            keys.forEach(asked::add);
        }
    }

    /** Whether the group, whose key must be current, is to be asked for now; it then counts as asked for. */
    boolean ask(String groupId) throws Exception {
        if (atDeadline == AtDeadline.END || !asked.add(groupId)) {
            return false;
        }
        state.update(true);
        return true;
    }

    /** The group, whose key must be current, is open no more. */
    void forget(String groupId) {
        if (asked.remove(groupId)) {
            state.clear();
        }
    }
}
