package io.tramontane.pipeline.training;

import io.tramontane.policy.SerializedWeights;
import io.tramontane.schemas.WeightsVersion;
import java.io.Serializable;

/** Where the trainer puts its weights for generators to pick up. Used by one thread at a time. */
public interface WeightsOutlet extends AutoCloseable {

    /** The largest incarnation that was ever published in the run; 0 if none. */
    long newestIncarnation() throws Exception;

    /**
     * Publishes a version, after all that were published before. It is durable on return or soon after, at the latest
     * when the outlet is closed.
     *
     * @throws Exception when this version, or one that was on its way, could not be published
     */
    void publish(WeightsVersion version, SerializedWeights weights) throws Exception;

    /** @throws Exception when a version that was on its way could not be published */
    default void requireHealthy() throws Exception {}

    @Override
    void close();

    /** Opens the outlet where the trainer runs. */
    @FunctionalInterface
    interface Factory extends Serializable {

        WeightsOutlet open() throws Exception;
    }
}
