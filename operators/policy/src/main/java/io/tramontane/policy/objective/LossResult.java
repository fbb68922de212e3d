package io.tramontane.policy.objective;

import java.util.Map;

/**
 * What a loss says of a micro-batch.
 *
 * @param value the loss, to be minimised
 * @param derivative [N], of the value by log π_θ of each token; finite
 * @param figures by name, each a sum over the tokens whose weight is not 0: curves show the mean a token over a step. A
 *     loss has the same names for every input, in lower case, words joined by hyphens. Step records have them as
 *     {@code loss.name}, except {@link #CLIPPED} and {@link #MASKED}, which are common to many losses and figures of
 *     every step
 */
public record LossResult(double value, double[] derivative, Map<String, Double> figures) {

    /** Tokens whose gradient the loss's clipping cuts off (grpo, gspo) or bounds (reinforce, cispo). */
    public static final String CLIPPED = "clipped";

    /** Tokens that a rule of the loss leaves out, as icepop and dppo do. */
    public static final String MASKED = "masked";
}
