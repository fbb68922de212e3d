package io.tramontane.policy.objective.loss;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.google.auto.service.AutoService;
import io.tramontane.policy.objective.LossDivisor;
import io.tramontane.policy.objective.LossInput;
import io.tramontane.policy.objective.LossResult;
import io.tramontane.policy.objective.PolicyLoss;
import io.tramontane.policy.objective.PolicyLossPlugin;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.PositiveOrZero;
import java.io.Serializable;
import java.util.Map;

/**
 * DPPO with the binary total variation (arXiv 2602.04879): a token's term is −ρ Â, masked where the update would carry
 * its probability further away than it already is: Â &gt; 0 and π_θ − μ &gt; δ, or Â &lt; 0 and μ − π_θ &gt; δ. The
 * mask is detached. Rare tokens may so change by a large ratio, frequent ones by little.
 *
 * <p>Optional is prime-rl's term τ ℓ² a token, masked ones included, which draws the policy back to the generator's;
 * its derivative is 2 τ ℓ.
 *
 * <p>The source sums over tokens; the divisor is that of prime-rl.
 */
@AutoService(PolicyLossPlugin.class)
@SuppressWarnings("rawtypes")
public final class DppoLoss implements PolicyLossPlugin<DppoLoss.Settings> {

    /** Sum of ℓ². */
    public static final String LOG_RATIO_SQUARE = "log-ratio-square";

    /** δ as prime-rl has it; τ is 1e-3 there and not in the source. */
    public record Settings(
            @JsonPropertyDescription(
                    "δ: a token is masked whose probability has moved by more than this in the direction"
                            + " in which its advantage would move it further.")
            @PositiveOrZero
            @DecimalMax("1")
            double delta,

            @JsonPropertyDescription(
                    "τ: weight of the squared log-ratio, which draws the policy back to the generator's;"
                            + " prime-rl takes 0.001, and 0 switches it off.")
            @PositiveOrZero
            double logRatioCoefficient)
            implements Serializable {}

    @Override
    public String name() {
        return "dppo";
    }

    @Override
    public Settings defaults() {
        return new Settings(0.2, 0);
    }

    @Override
    public LossDivisor divisor() {
        return LossDivisor.TOTAL_TOKENS;
    }

    @Override
    public PolicyLoss create(Settings settings) {
        return input -> of(input, settings.delta(), settings.logRatioCoefficient());
    }

    private static LossResult of(LossInput input, double delta, double coefficient) {
        double value = 0;
        double[] derivative = new double[input.tokens()];
        long masked = 0;
        double squares = 0;
        for (int t = 0; t < derivative.length; t++) {
            double weight = input.tokenWeights()[t];
            if (weight == 0) {
                continue;
            }
            double advantage = input.advantages()[t];
            double logRatio = input.logRatio(t);
            double moved = StrictMath.exp(input.logProbs()[t]) - StrictMath.exp(input.behaviourLogProbs()[t]);
            double term = 0;
            if ((advantage > 0 && moved > delta) || (advantage < 0 && -moved > delta)) {
                masked++;
            } else {
                term = -weight * input.ratio(t) * advantage;
            }
            value += term + weight * coefficient * logRatio * logRatio;
            derivative[t] = input.moves(t) ? term + 2 * weight * coefficient * logRatio : 0;
            squares += logRatio * logRatio;
        }
        return new LossResult(value, derivative, Map.of(LossResult.MASKED, (double) masked, LOG_RATIO_SQUARE, squares));
    }
}
