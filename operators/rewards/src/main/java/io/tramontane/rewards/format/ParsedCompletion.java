package io.tramontane.rewards.format;

import java.util.Objects;
import java.util.Optional;

/**
 * A completion taken apart.
 *
 * @param thoughts the text between the think tags; empty when there is no such part
 * @param answerPart what follows the thoughts; the whole completion when it has no part of thoughts
 * @param answer the answer found in the answer part, trimmed; empty when there is none
 * @param malformed what is wrong with the parts, for a person to read; empty when nothing is
 */
public record ParsedCompletion(
        Optional<String> thoughts, String answerPart, Optional<String> answer, Optional<String> malformed) {

    public ParsedCompletion {
        Objects.requireNonNull(thoughts, "thoughts");
        Objects.requireNonNull(answerPart, "answerPart");
        Objects.requireNonNull(answer, "answer");
        Objects.requireNonNull(malformed, "malformed");
    }
}
