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
 * <p>Format n is rewritten by {@code mvn test -Dtramontane.write-state-fixtures=n}; do so only while no release has it.
 * A later format gets a directory of its own, and the older ones stay. Format 2 has the stage of a curriculum, format 3
 * the temperature of a sequence.
 */
public final class StateFixture {

    private static final String WRITE = "tramontane.write-state-fixtures";
    private static final Path FORMATS = Path.of("src", "test", "resources", "state");

    private StateFixture() {}

    /** Makes the state that a fixture holds. */
    @FunctionalInterface
    public interface Snapshot {
        OperatorSubtaskState take() throws Exception;
    }

    /** The committed state of the operator in format 1; {@code snapshot} is called only where fixtures are written. */
    public static OperatorSubtaskState of(OperatorIdentity operator, Snapshot snapshot) throws Exception {
        return of(1, operator, snapshot);
    }

    /** The same in any format. */
    public static OperatorSubtaskState of(int format, OperatorIdentity operator, Snapshot snapshot) throws Exception {
        Path file = FORMATS.resolve(Integer.toString(format)).resolve(operator.uid());
        if (Integer.getInteger(WRITE, 0) == format) {
            Files.createDirectories(file.getParent());
            OperatorSnapshotUtil.writeStateHandle(snapshot.take(), file.toString());
        } else if (!Files.exists(file)) {
            throw new IOException(file + " is missing");
        }
        return OperatorSnapshotUtil.readStateHandle(file.toString());
    }
}
