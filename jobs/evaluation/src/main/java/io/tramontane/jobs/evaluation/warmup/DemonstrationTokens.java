package io.tramontane.jobs.evaluation.warmup;

import io.tramontane.jobs.data.wordproblems.Demonstration;
import io.tramontane.policy.tokenizer.PolicyTokenizer;
import io.tramontane.policy.training.TokenSequence;
import java.util.Arrays;

/** Demonstrations as a policy reads them. */
public final class DemonstrationTokens {

    private DemonstrationTokens() {}

    /** The problem's tokens, and those of the completion with the one that ends it. */
    public static TokenSequence of(Demonstration demonstration, PolicyTokenizer tokenizer) {
        int[] completion = tokenizer.encode(demonstration.completion());
        int[] ended = Arrays.copyOf(completion, completion.length + 1);
        ended[completion.length] = tokenizer.endOfSequence();
        return new TokenSequence(tokenizer.encode(demonstration.problem().text()), ended);
    }
}
