package io.tramontane.policy.training;

/**
 * A prompt and the completion whose tokens are predicted after it.
 *
 * @param promptTokens at least one
 * @param completionTokens at least one
 */
public record TokenSequence(int[] promptTokens, int[] completionTokens) {

    public TokenSequence {
        if (promptTokens.length == 0 || completionTokens.length == 0) {
            throw new IllegalArgumentException("a sequence needs a prompt and a completion");
        }
    }

    /** Tokens of both. */
    public int length() {
        return promptTokens.length + completionTokens.length;
    }
}
