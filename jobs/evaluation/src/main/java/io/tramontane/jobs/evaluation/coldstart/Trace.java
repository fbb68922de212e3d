package io.tramontane.jobs.evaluation.coldstart;

import io.tramontane.policy.training.TokenSequence;

/**
 * A correct completion to learn from.
 *
 * @param completionId its identity in the run
 * @param version of the weights that sampled its last token: the steps trained until then
 * @param lot drawn from the seed and the identity: decides where nothing else does
 * @param sequence the tokens of the problem and of the completion, the one that ends it included
 */
public record Trace(String completionId, long version, long lot, TokenSequence sequence) {}
