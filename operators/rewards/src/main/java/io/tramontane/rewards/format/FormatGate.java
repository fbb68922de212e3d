package io.tramontane.rewards.format;

import io.tramontane.rewards.Grade;
import io.tramontane.rewards.Grader;
import io.tramontane.rewards.RewardRequest;
import io.tramontane.rewards.answer.AnswerSettings;

/**
 * Whether a completion has the parts that are asked for: thoughts first (where they are required), then an answer that
 * the extraction finds (Magistral §2.2.1).
 */
public final class FormatGate implements Grader {

    /** Name of the component. */
    public static final String NAME = "format";

    private final String missingAnswer;

    public FormatGate(AnswerSettings answer) {
        this.missingAnswer = "no " + answer.describe() + " in the answer part";
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Grade grade(RewardRequest request, ParsedCompletion parsed) {
        if (parsed.malformed().isPresent()) {
            return Grade.wrong(parsed.malformed().get());
        }
        return parsed.answer().isPresent() ? Grade.correct("well-formed") : Grade.wrong(missingAnswer);
    }
}
