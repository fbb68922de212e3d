package io.tramontane.policy.objective.loss;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.google.auto.service.AutoService;
import io.tramontane.policy.objective.LossDivisor;
import io.tramontane.policy.objective.LossInput;
import io.tramontane.policy.objective.LossResult;
import io.tramontane.policy.objective.PolicyLoss;
import io.tramontane.policy.objective.PolicyLossPlugin;
import jakarta.validation.constraints.PositiveOrZero;
import java.io.Serializable;
import java.util.Map;

/**
 * REINFORCE with a truncated importance weight: a token's term is −sg(min(ρ, C)) Â log π_θ, where sg stops the gradient
 * (IMPALA, arXiv 1802.01561, §4.2; "TIS" in verl and TRL). Every token keeps a gradient.
 */
@AutoService(PolicyLossPlugin.class)
@SuppressWarnings("rawtypes")
public final class ReinforceLoss implements PolicyLossPlugin<ReinforceLoss.Settings> {

    /** C = 2 is verl's default for truncated importance weights a token; IMPALA itself takes 1. */
    public record Settings(
            @JsonPropertyDescription("C: upper bound of the importance ratio that weighs a token;"
                    + " 0 takes no ratio at all, for a truncated weight among the corrections.")
            @PositiveOrZero
            double ratioCap)
            implements Serializable {}

    @Override
    public String name() {
        return "reinforce";
    }

    @Override
    public Settings defaults() {
        return new Settings(2);
    }

    @Override
    public LossDivisor divisor() {
        return LossDivisor.TOTAL_TOKENS;
    }

    @Override
    public boolean carriesRatio(Settings settings) {
        return settings.ratioCap() > 0;
    }

    @Override
    public PolicyLoss create(Settings settings) {
        return input -> of(input, settings.ratioCap());
    }

    private static LossResult of(LossInput input, double cap) {
        double value = 0;
        double[] derivative = new double[input.tokens()];
        long clipped = 0;
        for (int t = 0; t < derivative.length; t++) {
            double weight = input.tokenWeights()[t];
            if (weight == 0) {
                continue;
            }
            double ratio = cap > 0 ? input.ratio(t) : 1;
            double kept = cap > 0 ? Math.min(ratio, cap) : 1;
            derivative[t] = -weight * kept * input.advantages()[t];
            value += derivative[t] * input.logProbs()[t];
            clipped += ratio > kept ? 1 : 0;
        }
        return new LossResult(value, derivative, Map.of(LossResult.CLIPPED, (double) clipped));
    }
}
