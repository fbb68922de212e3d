package example;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.tramontane.policy.objective.AdvantageEstimator;
import io.tramontane.policy.objective.AdvantagePlugin;
import jakarta.validation.constraints.PositiveOrZero;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;

/**
 * The reward less the mean of the group, where positive advantages count less: the idea of Weighted-REINFORCE (arXiv
 * 2506.01347), which has rewards of 1 and −1 in place of a mean.
 */
public final class WeightedAdvantage implements AdvantagePlugin<WeightedAdvantage.Settings> {

    /** The default is the source's λ. */
    public record Settings(
            @JsonPropertyDescription("λ: what positive advantages are multiplied by; 1 leaves them as they are.")
            @PositiveOrZero
            double positiveWeight)
            implements Serializable {}

    @Override
    public String name() {
        return "weighted";
    }

    @Override
    public Settings defaults() {
        return new Settings(0.1);
    }

    @Override
    public AdvantageEstimator create(Settings settings) {
        return rewards -> Optional.of(Arrays.stream(rewards)
                .map(reward -> aboveMean(reward, rewards))
                .map(above -> above > 0 ? settings.positiveWeight() * above : above)
                .toArray());
    }

    /** Of differences, because equal rewards must give exactly 0, and a rounded mean may differ from all of them. */
    private static double aboveMean(double reward, double[] rewards) {
        double sum = 0;
        for (double other : rewards) {
            sum += reward - other;
        }
        return sum / rewards.length;
    }
}
