package io.tramontane.policy.files;

import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.Weights;

/**
 * A policy as it is stored.
 *
 * @param tokenizerJson the content of its {@code tokenizer.json}
 * @param endOfSequence id of the token that ends a completion
 */
public record PolicyBundle(PolicyConfig config, Weights weights, String tokenizerJson, int endOfSequence) {

    /** The same policy with other weights. */
    public PolicyBundle with(Weights others) {
        return new PolicyBundle(config, others, tokenizerJson, endOfSequence);
    }
}
