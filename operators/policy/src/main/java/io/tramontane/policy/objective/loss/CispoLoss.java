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
import java.io.Serializable;
import java.util.Map;

/**
 * CISPO (MiniMax-M1, arXiv 2506.13585, eq. 4 and 5): a token's term is −sg(clip(ρ, 1 − ε_low, 1 + ε_high)) Â log π_θ,
 * where sg stops the gradient. The weight is clipped, not the update: every token keeps a gradient.
 */
@AutoService(PolicyLossPlugin.class)
@SuppressWarnings("rawtypes")
public final class CispoLoss implements PolicyLossPlugin<CispoLoss.Settings> {

    /**
     * The lower side is off by default, as in the source. It does not publish ε_high: the default bounds the ratio at
     * 4, as that of Tinker does.
     */
    public record Settings(
            @JsonPropertyDescription("ε_low: the importance ratio is clipped below at 1 − ε_low; 1 switches that off.")
            @Positive
            @DecimalMax("1")
            double clipLow,

            @JsonPropertyDescription("ε_high: the importance ratio is clipped above at 1 + ε_high.") @Positive
            double clipHigh)
            implements Serializable {}

    @Override
    public String name() {
        return "cispo";
    }

    @Override
    public Settings defaults() {
        return new Settings(1, 3);
    }

    @Override
    public LossDivisor divisor() {
        return LossDivisor.TOTAL_TOKENS;
    }

    @Override
    public PolicyLoss create(Settings settings) {
        return input -> of(input, 1 - settings.clipLow(), 1 + settings.clipHigh());
    }

    private static LossResult of(LossInput input, double lower, double upper) {
        double value = 0;
        double[] derivative = new double[input.tokens()];
        long clipped = 0;
        for (int t = 0; t < derivative.length; t++) {
            double weight = input.tokenWeights()[t];
            if (weight == 0) {
                continue;
            }
            double ratio = input.ratio(t);
            derivative[t] = -weight * Math.max(lower, Math.min(upper, ratio)) * input.advantages()[t];
            value += derivative[t] * input.logProbs()[t];
            clipped += ratio < lower || ratio > upper ? 1 : 0;
        }
        return new LossResult(value, derivative, Map.of(LossResult.CLIPPED, (double) clipped));
    }
}
