package io.tramontane.policy.objective.composition;

import io.tramontane.policy.objective.LossInput;
import io.tramontane.policy.objective.LossResult;
import io.tramontane.policy.objective.PolicyLoss;
import io.tramontane.policy.objective.PolicyLossPlugin;
import io.tramontane.policy.objective.correction.CorrectionSettings;
import io.tramontane.policy.objective.correction.Corrections;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a trainer minimises, called once a micro-batch: a loss whose token weights are multiplied by the corrections,
 * plus the divergence from a reference policy, which the corrections leave alone.
 *
 * <p>Immutable and deterministic.
 */
public final class Objective {

    private final PolicyLoss loss;
    private final Corrections corrections;
    private final ReferenceDivergence reference;

    /** @param klCoefficient β of the divergence from the reference policy, at least 0; 0 needs no reference */
    public Objective(PolicyLoss loss, CorrectionSettings corrections, double klCoefficient) {
        this.loss = loss;
        this.corrections = new Corrections(corrections);
        reference = new ReferenceDivergence(klCoefficient);
    }

    /**
     * The objective of a plug-in.
     *
     * @throws IllegalArgumentException if the corrections do not go with the loss ({@link CorrectionSettings#refusal})
     */
    public static <S extends Record & Serializable> Objective of(
            PolicyLossPlugin<S> plugin, S settings, CorrectionSettings corrections, double klCoefficient) {
        corrections.refusal(plugin.name(), plugin.carriesRatio(settings)).ifPresent(refusal -> {
            throw new IllegalArgumentException(refusal);
        });
        return new Objective(plugin.create(settings), corrections, klCoefficient);
    }

    /** Whether inputs must have the log-probabilities of the reference policy. */
    public boolean needsReference() {
        return reference.on();
    }

    /**
     * Of one micro-batch.
     *
     * @param input with the divisor's token weights, without corrections
     * @throws IllegalArgumentException if the log-probabilities of the reference are needed and missing
     */
    public ObjectiveResult of(LossInput input) {
        if (needsReference() && input.referenceLogProbs().length != input.tokens()) {
            throw new IllegalArgumentException("the divergence from the reference policy needs its log-probabilities");
        }
        double[] factors = corrections.weights(input);
        double[] weights = new double[factors.length];
        for (int t = 0; t < weights.length; t++) {
            weights[t] = factors[t] * input.tokenWeights()[t];
        }
        LossResult result = loss.of(input.withTokenWeights(weights));
        double[] derivative = result.derivative().clone();
        ReferenceDivergence.Sums penalty =
                reference.on() ? reference.add(input, derivative) : ReferenceDivergence.Sums.NONE;
        return new ObjectiveResult(derivative, statistics(input, factors, result, penalty));
    }

    private static ObjectiveStatistics statistics(
            LossInput input, double[] factors, LossResult result, ReferenceDivergence.Sums penalty) {
        long tokens = 0;
        double ratios = 0;
        double squares = 0;
        double maximum = 0;
        double divergence = 0;
        double corrected = 0;
        long masked = 0;
        for (int t = 0; t < factors.length; t++) {
            if (input.tokenWeights()[t] == 0) {
                continue;
            }
            double logRatio = input.logRatio(t);
            double ratio = input.ratio(t);
            tokens++;
            ratios += ratio;
            squares += ratio * ratio;
            maximum = Math.max(maximum, ratio);
            divergence += StrictMath.expm1(logRatio) - logRatio;
            corrected += factors[t];
            masked += factors[t] == 0 ? 1 : 0;
        }
        Map<String, Double> figures = new TreeMap<>(result.figures());
        double clipped = taken(figures, LossResult.CLIPPED);
        double maskedByLoss = taken(figures, LossResult.MASKED);
        return new ObjectiveStatistics(
                result.value() + penalty.value(),
                tokens,
                new RatioStatistics(ratios, squares, maximum, divergence),
                penalty.divergence(),
                corrected,
                clipped,
                masked + maskedByLoss,
                figures);
    }

    private static double taken(Map<String, Double> figures, String name) {
        Double figure = figures.remove(name);
        return figure == null ? 0 : figure;
    }
}
