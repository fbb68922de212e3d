package io.tramontane.pipeline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** Runs operators as our jobs run them: on RocksDB, without generic types. */
public final class Harness {

    private Harness() {}

    /** Starts the operator without state. */
    public static <H extends AbstractStreamOperatorTestHarness<?>> H start(H harness) throws Exception {
        return start(harness, null);
    }

    /** Starts the operator with the state of a snapshot; without if that is null. */
    public static <H extends AbstractStreamOperatorTestHarness<?>> H start(H harness, OperatorSubtaskState state)
            throws Exception {
        harness.setStateBackend(new EmbeddedRocksDBStateBackend());
        harness.getExecutionConfig()
                .configure(
                        new Configuration().set(PipelineOptions.GENERIC_TYPES, false), Harness.class.getClassLoader());
        harness.setup();
        if (state == null) {
            harness.initializeEmptyState();
        } else {
            harness.initializeState(state);
        }
        harness.open();
        return harness;
    }

    /** What the operator has sent to a side output since the last call. */
    public static <T> List<T> drain(AbstractStreamOperatorTestHarness<?> harness, OutputTag<T> tag) {
        Collection<StreamRecord<T>> records = harness.getSideOutput(tag);
        if (records == null) {
            return List.of();
        }
        List<T> values = new ArrayList<>();
        records.forEach(record -> values.add(record.getValue()));
        records.clear();
        return values;
    }

    /** What the operator has emitted since the last call. */
    public static <T> List<T> drain(AbstractStreamOperatorTestHarness<T> harness) {
        List<T> values = new ArrayList<>(harness.extractOutputValues());
        harness.getOutput().clear();
        return values;
    }
}
