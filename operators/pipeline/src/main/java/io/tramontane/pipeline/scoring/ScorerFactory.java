package io.tramontane.pipeline.scoring;

import io.tramontane.rewards.composition.RewardFunction;
import io.tramontane.rewards.composition.RewardSettings;
import java.io.Serializable;

/** Makes the reward function of a subtask where it runs. */
@FunctionalInterface
public interface ScorerFactory extends Serializable {

    /** The reward function; the subtask closes it. */
    RewardFunction create();

    /** The reward function of these settings. */
    static ScorerFactory of(RewardSettings settings) {
        return () -> new RewardFunction(settings);
    }
}
