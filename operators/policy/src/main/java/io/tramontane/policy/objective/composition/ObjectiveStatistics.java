package io.tramontane.policy.objective.composition;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Figures of one micro-batch as sums over its tokens, so that those of a step are their sum. Tokens whose divisor
 * weight is 0 have no part in any.
 *
 * @param loss its share of the minibatch's loss, with the divergence from the reference
 * @param tokens completion tokens
 * @param ratios their importance ratios
 * @param referenceDivergenceSum estimates of KL(π_θ ‖ π_ref) a token; 0 where no reference is used
 * @param correctionWeightSum what the corrections multiply the tokens' weights by
 * @param clippedTokens tokens that the loss's clipping acts on
 * @param maskedTokens tokens that the corrections or a rule of the loss leave out
 * @param figures the loss's other figures, by name in alphabetical order
 */
public record ObjectiveStatistics(
        double loss,
        long tokens,
        RatioStatistics ratios,
        double referenceDivergenceSum,
        double correctionWeightSum,
        double clippedTokens,
        double maskedTokens,
        Map<String, Double> figures) {

    /** Of no micro-batch. */
    public static final ObjectiveStatistics NONE =
            new ObjectiveStatistics(0, 0, RatioStatistics.NONE, 0, 0, 0, 0, Map.of());

    public ObjectiveStatistics {
        figures = Collections.unmodifiableMap(new TreeMap<>(figures));
    }

    /** Of both together. */
    public ObjectiveStatistics plus(ObjectiveStatistics other) {
        Map<String, Double> sums = new TreeMap<>(figures);
        other.figures.forEach((name, sum) -> sums.merge(name, sum, Double::sum));
        return new ObjectiveStatistics(
                loss + other.loss,
                tokens + other.tokens,
                ratios.plus(other.ratios),
                referenceDivergenceSum + other.referenceDivergenceSum,
                correctionWeightSum + other.correctionWeightSum,
                clippedTokens + other.clippedTokens,
                maskedTokens + other.maskedTokens,
                sums);
    }
}
