package io.tramontane.policy.objective;

import io.tramontane.schemas.plugin.Plugin;
import java.io.Serializable;

/**
 * Makes an advantage estimator; {@code pipeline.advantage.type} chooses it by name, and its settings stand beside that
 * key. It is named in {@code META-INF/services/io.tramontane.policy.objective.AdvantagePlugin} of its jar; Google's
 * annotation AutoService writes that line while compiling.
 *
 * @param <S> its settings
 */
public interface AdvantagePlugin<S extends Record & Serializable> extends Plugin<S> {

    /** The estimator with these settings, whose constraints hold. */
    AdvantageEstimator create(S settings);
}
