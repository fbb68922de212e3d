package example;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.tramontane.policy.objective.LossDivisor;
import io.tramontane.policy.objective.LossInput;
import io.tramontane.policy.objective.LossResult;
import io.tramontane.policy.objective.PolicyLoss;
import io.tramontane.policy.objective.PolicyLossPlugin;
import jakarta.validation.constraints.Positive;
import java.io.Serializable;
import java.util.Map;

/**
 * SAPO (arXiv 2511.20347): a token's term is −f(ρ) Â with f(ρ) = 4/τ σ(τ (ρ − 1)), where τ is τ_pos if Â &gt; 0 and τ_neg
 * otherwise. Where other losses cut tokens off, the gradient fades: with p = σ(τ (ρ − 1)), the term's derivative by log
 * π_θ is −4 p (1 − p) ρ Â, and the gate 4 p (1 − p) is 1 on-policy and falls on both sides.
 */
public final class SapoLoss implements PolicyLossPlugin<SapoLoss.Settings> {

    /** Sum of 4 p (1 − p): its mean, {@code loss.gate} in step records, says how much of the gradient is left. */
    static final String GATE = "gate";

    /** The defaults are the source's. */
    public record Settings(
            @JsonPropertyDescription("τ of tokens with a positive advantage: the larger, the sooner they fade.")
            @Positive
            double temperaturePositive,

            @JsonPropertyDescription("τ of the other tokens.") @Positive
            double temperatureNegative)
            implements Serializable {}

    @Override
    public String name() {
        return "sapo";
    }

    @Override
    public Settings defaults() {
        return new Settings(1, 1.05);
    }

    @Override
    public LossDivisor divisor() {
        return LossDivisor.PER_SEQUENCE_MEAN;
    }

    @Override
    public PolicyLoss create(Settings settings) {
        return input -> of(input, settings);
    }

    private static LossResult of(LossInput input, Settings settings) {
        double value = 0;
        double[] derivative = new double[input.tokens()];
        double gates = 0;
        for (int t = 0; t < derivative.length; t++) {
            double weight = input.tokenWeights()[t];
            if (weight == 0) {
                continue;
            }
            double advantage = input.advantages()[t];
            double temperature = advantage > 0 ? settings.temperaturePositive() : settings.temperatureNegative();
            double ratio = input.ratio(t);
            double x = temperature * (ratio - 1);
            // At most 1, so nothing here can overflow.
            double small = StrictMath.exp(-Math.abs(x));
            double sigmoid = (x < 0 ? small : 1) / (1 + small);
            double gate = 4 * small / ((1 + small) * (1 + small));
            value -= weight * 4 / temperature * sigmoid * advantage;
            derivative[t] = input.moves(t) ? -weight * gate * ratio * advantage : 0;
            gates += gate;
        }
        return new LossResult(value, derivative, Map.of(GATE, gates));
    }
}
