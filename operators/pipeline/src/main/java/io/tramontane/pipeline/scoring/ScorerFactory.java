package io.tramontane.pipeline.scoring;

import io.tramontane.rewards.RewardFunction;
import io.tramontane.rewards.RewardSettings;
import java.io.Serializable;

/** Makes the scorer of a subtask where it runs. */
@FunctionalInterface
public interface ScorerFactory extends Serializable {

    Scorer create();

    /** The reward function of these settings. */
    static ScorerFactory of(RewardSettings settings) {
        return () -> new RewardFunction(settings)::score;
    }
}
