package io.tramontane.policy.objective.advantage;

import com.google.auto.service.AutoService;
import io.tramontane.policy.objective.AdvantageEstimator;
import io.tramontane.policy.objective.AdvantagePlugin;
import io.tramontane.schemas.plugin.NoSettings;
import java.util.Arrays;
import java.util.Optional;

/**
 * r_i − mean(r), the recipe (Magistral §2.1): what the field calls GRPO's advantage without its division by the
 * standard deviation, which {@link io.tramontane.policy.objective.AdvantageNormalisation} chooses. Equal rewards give
 * exactly 0.
 */
@AutoService(AdvantagePlugin.class)
@SuppressWarnings("rawtypes")
public final class GrpoAdvantage implements AdvantagePlugin<NoSettings> {

    @Override
    public String name() {
        return "grpo";
    }

    @Override
    public NoSettings defaults() {
        return new NoSettings();
    }

    @Override
    public AdvantageEstimator create(NoSettings settings) {
        return rewards -> {
            double mean = GroupMean.of(rewards);
            return Optional.of(
                    Arrays.stream(rewards).map(reward -> reward - mean).toArray());
        };
    }
}
