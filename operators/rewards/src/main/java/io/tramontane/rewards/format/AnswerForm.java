package io.tramontane.rewards.format;

import io.tramontane.rewards.answer.AnswerSettings;
import java.util.Optional;

/**
 * What the answer part of a completion must hold to be graded at all: a {@code \\boxed{}} in mathematics, a block of
 * code where tests are run. Thread-safe.
 */
@FunctionalInterface
public interface AnswerForm {

    /** What is missing, for a person to read; empty when nothing is. */
    Optional<String> missing(ParsedCompletion parsed);

    /** An answer where the settings look for it. */
    static AnswerForm answer(AnswerSettings settings) {
        Optional<String> missing = Optional.of("no " + settings.describe() + " in the answer part");
        return parsed -> parsed.answer().isPresent() ? Optional.empty() : missing;
    }
}
