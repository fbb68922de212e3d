package io.tramontane.policy.objective.advantage;

import com.google.auto.service.AutoService;
import io.tramontane.policy.objective.AdvantageEstimator;
import io.tramontane.policy.objective.AdvantagePlugin;
import io.tramontane.schemas.plugin.NoSettings;
import java.util.Arrays;
import java.util.Optional;

/**
 * MaxRL (arXiv 2602.02710): (r_i − mean(r)) / mean(r), which weighs a problem the more the seldomer it is solved.
 *
 * <p>The source has rewards of 0 and 1. A group whose mean is not positive has no advantage: there it is that nothing
 * was solved; ours may also have a length penalty, which is negative. Where such penalties leave a mean just above 0,
 * the advantages are very large, and only a normalisation of the batch bounds them. Equal rewards give exactly 0.
 */
@AutoService(AdvantagePlugin.class)
@SuppressWarnings("rawtypes")
public final class MaxRlAdvantage implements AdvantagePlugin<NoSettings> {

    @Override
    public String name() {
        return "max_rl";
    }

    @Override
    public NoSettings defaults() {
        return new NoSettings();
    }

    @Override
    public AdvantageEstimator create(NoSettings settings) {
        return rewards -> {
            double mean = GroupMean.of(rewards);
            if (mean <= 0) {
                return Optional.empty();
            }
            double[] advantages =
                    Arrays.stream(rewards).map(reward -> (reward - mean) / mean).toArray();
            return Arrays.stream(advantages).allMatch(Double::isFinite) ? Optional.of(advantages) : Optional.empty();
        };
    }
}
