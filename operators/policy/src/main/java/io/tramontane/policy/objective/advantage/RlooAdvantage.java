package io.tramontane.policy.objective.advantage;

import com.google.auto.service.AutoService;
import io.tramontane.policy.objective.AdvantageEstimator;
import io.tramontane.policy.objective.AdvantagePlugin;
import io.tramontane.schemas.plugin.NoSettings;
import java.util.Arrays;
import java.util.Optional;

/**
 * REINFORCE leave-one-out (arXiv 2402.14740): r_i less the mean of the other rewards of the group, which is G / (G − 1)
 * · (r_i − mean(r)). A completion alone has no others, so a group of one has no advantage. Equal rewards give exactly
 * 0.
 */
@AutoService(AdvantagePlugin.class)
@SuppressWarnings("rawtypes")
public final class RlooAdvantage implements AdvantagePlugin<NoSettings> {

    @Override
    public String name() {
        return "rloo";
    }

    @Override
    public NoSettings defaults() {
        return new NoSettings();
    }

    @Override
    public AdvantageEstimator create(NoSettings settings) {
        return rewards -> {
            if (rewards.length == 1) {
                return Optional.empty();
            }
            double mean = GroupMean.of(rewards);
            double factor = rewards.length / (rewards.length - 1.0);
            return Optional.of(Arrays.stream(rewards)
                    .map(reward -> factor * (reward - mean))
                    .toArray());
        };
    }
}
