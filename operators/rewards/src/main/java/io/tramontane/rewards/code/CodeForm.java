package io.tramontane.rewards.code;

import io.tramontane.rewards.format.AnswerForm;
import io.tramontane.rewards.format.ParsedCompletion;
import java.util.Optional;

/** The form of an answer that is a program: at least one fenced block that names its language. */
public final class CodeForm implements AnswerForm {

    @Override
    public Optional<String> missing(ParsedCompletion parsed) {
        return CodeBlock.first(parsed.answerPart()).isPresent()
                ? Optional.empty()
                : Optional.of("no fenced block that names its language in the answer part");
    }
}
