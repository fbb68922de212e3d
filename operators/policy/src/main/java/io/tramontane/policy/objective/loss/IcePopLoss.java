package io.tramontane.policy.objective.loss;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.google.auto.service.AutoService;
import io.tramontane.policy.objective.LossDivisor;
import io.tramontane.policy.objective.LossInput;
import io.tramontane.policy.objective.LossResult;
import io.tramontane.policy.objective.PolicyLoss;
import io.tramontane.policy.objective.PolicyLossPlugin;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.io.Serializable;
import java.util.Map;

/**
 * IcePop (Ling team, "Small Leak Can Sink a Great Ship", 2025), in the form of INTELLECT-3 (arXiv 2512.16144, eq. 1): a
 * token's term is −ρ Â where α ≤ ρ ≤ β, else 0. Tokens on which the policy and its generator disagree too much, on
 * either side, teach nothing.
 *
 * <p>The Ling team's ρ is the ratio between the engines that train and generate, beside another between versions;
 * INTELLECT-3's and this one is both in one.
 */
@AutoService(PolicyLossPlugin.class)
@SuppressWarnings("rawtypes")
public final class IcePopLoss implements PolicyLossPlugin<IcePopLoss.Settings> {

    /** The bounds are the Ling team's. */
    public record Settings(
            @JsonPropertyDescription("α: tokens whose importance ratio is below it are masked.") @PositiveOrZero
            double minimumRatio,

            @JsonPropertyDescription("β: tokens whose importance ratio is above it are masked.") @Positive
            double maximumRatio)
            implements Serializable {

        /** Whether any ratio is kept. */
        @JsonIgnore
        @AssertTrue(message = "minimum-ratio must not exceed maximum-ratio")
        public boolean isMinimumWithinMaximum() {
            return minimumRatio <= maximumRatio;
        }
    }

    @Override
    public String name() {
        return "icepop";
    }

    @Override
    public Settings defaults() {
        return new Settings(0.5, 5);
    }

    @Override
    public LossDivisor divisor() {
        return LossDivisor.TOTAL_TOKENS;
    }

    @Override
    public PolicyLoss create(Settings settings) {
        return input -> of(input, settings.minimumRatio(), settings.maximumRatio());
    }

    private static LossResult of(LossInput input, double minimum, double maximum) {
        double value = 0;
        double[] derivative = new double[input.tokens()];
        long masked = 0;
        for (int t = 0; t < derivative.length; t++) {
            double weight = input.tokenWeights()[t];
            if (weight == 0) {
                continue;
            }
            double ratio = input.ratio(t);
            if (ratio < minimum || ratio > maximum) {
                masked++;
                continue;
            }
            double term = -weight * ratio * input.advantages()[t];
            value += term;
            derivative[t] = input.moves(t) ? term : 0;
        }
        return new LossResult(value, derivative, Map.of(LossResult.MASKED, (double) masked));
    }
}
