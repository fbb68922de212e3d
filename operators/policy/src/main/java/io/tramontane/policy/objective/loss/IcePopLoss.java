package io.tramontane.policy.objective.loss;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
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
 * IcePop (Ling team, "Small Leak Can Sink a Great Ship", 2025; Ring-1T, arXiv 2510.18855): a token's term is −ρ Â where
 * α ≤ ρ ≤ β, else 0. Tokens on which the policy and its generator disagree too much, on either side, teach nothing.
 *
 * <p>In the source ρ is the ratio between the engines that train and generate, and the ratio between versions is 1,
 * since it takes one step a batch; here ρ is both.
 */
public final class IcePopLoss implements PolicyLossPlugin<IcePopLoss.Settings> {

    /** The bounds are the source's. */
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
        return LossDivisor.PER_SEQUENCE_MEAN;
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
