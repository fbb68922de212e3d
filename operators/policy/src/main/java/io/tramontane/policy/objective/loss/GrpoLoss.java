package io.tramontane.policy.objective.loss;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.google.auto.service.AutoService;
import io.tramontane.policy.objective.LossDivisor;
import io.tramontane.policy.objective.LossInput;
import io.tramontane.policy.objective.LossResult;
import io.tramontane.policy.objective.PolicyLoss;
import io.tramontane.policy.objective.PolicyLossPlugin;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.io.Serializable;
import java.util.Map;

/**
 * GRPO with clip-higher, the recipe (Magistral §2.1): a token's term is −min(ρ Â, clip(ρ, 1 − ε_low, 1 + ε_high) Â).
 *
 * <p>The derivative is −ρ Â where the first side of the minimum is taken, else 0. Where both are equal it is that of
 * the first: so it is at the edge of the window, which PyTorch's {@code clamp} counts as inside.
 */
@AutoService(PolicyLossPlugin.class)
@SuppressWarnings("rawtypes")
public final class GrpoLoss implements PolicyLossPlugin<GrpoLoss.Settings> {

    /** Tokens whose ratio is above {@code ratio-cap}. */
    public static final String CAPPED = "capped";

    /** ε_low is our own choice, ε_high within the report's 0.26 to 0.28; both as in DAPO (arXiv 2503.14476). */
    public record Settings(
            @JsonPropertyDescription("ε_low: the importance ratio is clipped below at 1 − ε_low.")
            @Positive
            @DecimalMax("1")
            double clipLow,

            @JsonPropertyDescription("ε_high: the importance ratio is clipped above at 1 + ε_high (clip-higher).")
            @Positive
            double clipHigh,

            @JsonPropertyDescription(
                    "Upper bound of the importance ratio inside the minimum, which ends the gradient of"
                            + " tokens above it also where the advantage is negative (much like dual-clip PPO);"
                            + " 0 switches it off.")
            @PositiveOrZero
            double ratioCap)
            implements Serializable {}

    @Override
    public String name() {
        return "grpo";
    }

    @Override
    public Settings defaults() {
        return new Settings(0.2, 0.28, 0);
    }

    @Override
    public LossDivisor divisor() {
        return LossDivisor.TOTAL_TOKENS;
    }

    @Override
    public PolicyLoss create(Settings settings) {
        return input -> of(input, settings);
    }

    private static LossResult of(LossInput input, Settings settings) {
        double lower = 1 - settings.clipLow();
        double upper = 1 + settings.clipHigh();
        double cap = settings.ratioCap() > 0 ? settings.ratioCap() : Double.POSITIVE_INFINITY;
        double value = 0;
        double[] derivative = new double[input.tokens()];
        long clipped = 0;
        long capped = 0;
        for (int t = 0; t < derivative.length; t++) {
            double weight = input.tokenWeights()[t];
            if (weight == 0) {
                continue;
            }
            double advantage = input.advantages()[t];
            double whole = input.ratio(t);
            double ratio = Math.min(whole, cap);
            double free = ratio * advantage;
            double bounded = Math.max(lower, Math.min(upper, ratio)) * advantage;
            value -= weight * Math.min(free, bounded);
            if (free <= bounded && whole <= cap && input.moves(t)) {
                derivative[t] = -weight * free;
            }
            clipped += free > bounded ? 1 : 0;
            capped += whole > cap ? 1 : 0;
        }
        return new LossResult(value, derivative, Map.of(LossResult.CLIPPED, (double) clipped, CAPPED, (double) capped));
    }
}
