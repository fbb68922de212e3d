package io.tramontane.pipeline.training;

import io.tramontane.policy.Weights;
import io.tramontane.schemas.WeightsVersion;
import java.io.Serializable;

/** Where the trainer puts its weights for generators to pick up. Used by one thread at a time. */
public interface WeightsOutlet extends AutoCloseable {

    /** The largest incarnation that was ever published in the run; 0 if none. */
    long newestIncarnation() throws Exception;

    /** Publishes a version; on return it is durable. */
    void publish(WeightsVersion version, Weights weights, String weightsHash) throws Exception;

    @Override
    void close();

    /** Opens the outlet where the trainer runs. */
    @FunctionalInterface
    interface Factory extends Serializable {

        WeightsOutlet open() throws Exception;
    }
}
