package io.tramontane.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;

/**
 * Operator state as former releases wrote it, committed under {@code src/test/resources/state/<format>/<uid>}. Tests
 * load it and go on, so that a change which cannot read old state fails here and not at a user's.
 *
 * <p>Format 1 is written anew by {@code mvn test -Dtramontane.write-state-fixtures=true}; do so only while no release
 * has it. A later format gets a directory of its own, and the older ones stay.
 */
public final class StateFixture {

    private static final String WRITE = "tramontane.write-state-fixtures";
    private static final Path FORMAT_1 = Path.of("src", "test", "resources", "state", "1");

    private StateFixture() {}

    /** Makes the state that a fixture holds. */
    @FunctionalInterface
    public interface Snapshot {
        OperatorSubtaskState take() throws Exception;
    }

    /** The committed state of the operator; {@code snapshot} is called only where fixtures are written. */
    public static OperatorSubtaskState of(OperatorIdentity operator, Snapshot snapshot) throws Exception {
        Path file = FORMAT_1.resolve(operator.uid());
        if (Boolean.getBoolean(WRITE)) {
            Files.createDirectories(file.getParent());
            OperatorSnapshotUtil.writeStateHandle(snapshot.take(), file.toString());
        } else if (!Files.exists(file)) {
            throw new IOException(file + " is missing");
        }
        return OperatorSnapshotUtil.readStateHandle(file.toString());
    }
}
