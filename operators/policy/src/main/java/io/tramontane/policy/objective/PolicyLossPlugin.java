package io.tramontane.policy.objective;

import io.tramontane.schemas.plugin.Plugin;
import java.io.Serializable;

/**
 * Makes a loss; {@code training.loss.type} chooses it by name, and its settings stand beside that key. It is named in
 * {@code META-INF/services/io.tramontane.policy.objective.PolicyLossPlugin} of its jar; Google's annotation AutoService
 * writes that line while compiling.
 *
 * @param <S> its settings
 */
public interface PolicyLossPlugin<S extends Record & Serializable> extends Plugin<S> {

    /** What the sum over tokens is divided by in the loss's own source; taken where the configuration names none. */
    LossDivisor divisor();

    /**
     * Whether the terms of the loss with these settings have the importance ratio π_θ/μ in them, as nearly all do. If
     * so, a truncated importance weight on top would count it twice, and the configuration refuses it.
     */
    default boolean carriesRatio(S settings) {
        return true;
    }

    /** The loss with these settings, whose constraints hold. */
    PolicyLoss create(S settings);
}
