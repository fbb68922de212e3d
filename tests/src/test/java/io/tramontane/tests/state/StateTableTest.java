package io.tramontane.tests.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.pipeline.OperatorIdentity;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyedBackendSerializationProxy;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot;
import org.junit.jupiter.api.Test;

/** The states that the operators declare, and so the runbook's table, are those that the newest savepoint holds. */
class StateTableTest {

    private static final String TIMERS = "_timer_state";

    @Test
    void whatIsDeclaredIsWhatIsStored() throws IOException {
        Map<String, Set<String>> stored = new HashMap<>();
        for (OperatorState operator : newest().getOperatorStates()) {
            stored.put(operator.getOperatorUid().orElseThrow(), names(operator));
        }
        for (OperatorIdentity operator : OperatorIdentity.values()) {
            // Sinks are several operators each, with states of Flink's own. The selection is not part of this job, and
            // the kick-off has ended by then: what has ended has no state.
            if (!operator.uid().endsWith("-sink")
                    && operator != OperatorIdentity.SELECTION
                    && operator != OperatorIdentity.SCHEDULER_KICK) {
                Set<String> declared = operator.states().stream()
                        .map(io.tramontane.pipeline.OperatorState::name)
                        .collect(Collectors.toSet());
                assertThat(stored.getOrDefault(operator.uid(), Set.of()))
                        .as(operator.uid())
                        .isEqualTo(declared);
            }
        }
    }

    private static CheckpointMetadata newest() throws IOException {
        Path newest;
        try (Stream<Path> versions = Files.list(SavepointITCase.STORED)) {
            newest = versions.max(Comparator.comparing(
                            version -> Integer.valueOf(version.getFileName().toString())))
                    .orElseThrow()
                    .resolve("savepoint");
        }
        try (InputStream in = Files.newInputStream(newest.resolve("_metadata"))) {
            return Checkpoints.loadCheckpointMetadata(
                    new DataInputStream(in),
                    StateTableTest.class.getClassLoader(),
                    newest.toUri().toString());
        }
    }

    private static Set<String> names(OperatorState operator) throws IOException {
        Set<String> names = new TreeSet<>();
        for (OperatorSubtaskState subtask : operator.getStates()) {
            for (OperatorStateHandle handle : subtask.getManagedOperatorState()) {
                names.addAll(handle.getStateNameToPartitionOffsets().keySet());
            }
            for (KeyedStateHandle handle : subtask.getManagedKeyedState()) {
                names.addAll(keyedNames((KeyGroupsStateHandle) handle));
            }
        }
        names.removeIf(name -> name.startsWith(TIMERS));
        return names;
    }

    private static Set<String> keyedNames(KeyGroupsStateHandle handle) throws IOException {
        var header = new KeyedBackendSerializationProxy<>(StateTableTest.class.getClassLoader());
        try (FSDataInputStream in = handle.openInputStream()) {
            header.read(new DataInputViewStreamWrapper(in));
        }
        return header.getStateMetaInfoSnapshots().stream()
                .map(StateMetaInfoSnapshot::getName)
                .collect(Collectors.toSet());
    }
}
