package io.tramontane.policy.training;

/** A demonstration: the loss is the cross-entropy of the completion's tokens after the prompt. */
public record SupervisedSequence(int[] promptTokens, int[] completionTokens) {

    public SupervisedSequence {
        if (promptTokens.length == 0 || completionTokens.length == 0) {
            throw new IllegalArgumentException("a demonstration needs a prompt and a completion");
        }
    }
}
