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
 * GSPO (arXiv 2507.18071, eq. 5 and 7): with s = exp(mean_t ℓ) of a sequence, its term is −min(s Â, clip(s, 1 − ε_low,
 * 1 + ε_high) Â). Clipping cuts off whole sequences.
 *
 * <p>The mean runs over the tokens that are not masked, of which there are n; each ℓ is bounded before. The term weighs
 * as much as the sequence's tokens together, so with {@link LossDivisor#PER_SEQUENCE_MEAN} the loss is the mean over
 * sequences. The derivative by each token that is not masked is that of the term by mean_t ℓ, over n; beyond the bound
 * of ℓ it is 0. All tokens of a sequence have one advantage: that of the first is taken.
 */
@AutoService(PolicyLossPlugin.class)
@SuppressWarnings("rawtypes")
public final class GspoLoss implements PolicyLossPlugin<GspoLoss.Settings> {

    /** The window of the source (§5.1) is narrow because s is a mean, and so near 1. */
    public record Settings(
            @JsonPropertyDescription("ε_low: the sequence's importance ratio is clipped below at 1 − ε_low.")
            @Positive
            @DecimalMax("1")
            double clipLow,

            @JsonPropertyDescription("ε_high: the sequence's importance ratio is clipped above at 1 + ε_high.")
            @Positive
            double clipHigh)
            implements Serializable {}

    @Override
    public String name() {
        return "gspo";
    }

    @Override
    public Settings defaults() {
        return new Settings(3e-4, 4e-4);
    }

    @Override
    public LossDivisor divisor() {
        return LossDivisor.PER_SEQUENCE_MEAN;
    }

    @Override
    public PolicyLoss create(Settings settings) {
        return input -> of(input, 1 - settings.clipLow(), 1 + settings.clipHigh());
    }

    private static LossResult of(LossInput input, double lower, double upper) {
        double value = 0;
        double[] derivative = new double[input.tokens()];
        long clipped = 0;
        int end;
        for (int start = 0; start < derivative.length; start = end) {
            end = input.sequenceEnd(start);
            int tokens = 0;
            double weight = 0;
            double logRatios = 0;
            for (int t = start; t < end; t++) {
                if (input.tokenWeights()[t] != 0) {
                    tokens++;
                    weight += input.tokenWeights()[t];
                    logRatios += input.logRatio(t);
                }
            }
            if (tokens == 0) {
                continue;
            }
            double advantage = input.advantages()[start];
            double ratio = StrictMath.exp(logRatios / tokens);
            double free = ratio * advantage;
            double bounded = Math.max(lower, Math.min(upper, ratio)) * advantage;
            value -= weight * Math.min(free, bounded);
            if (free > bounded) {
                clipped += tokens;
                continue;
            }
            for (int t = start; t < end; t++) {
                if (input.tokenWeights()[t] != 0 && input.moves(t)) {
                    derivative[t] = -weight * free / tokens;
                }
            }
        }
        return new LossResult(value, derivative, Map.of(LossResult.CLIPPED, (double) clipped));
    }
}
