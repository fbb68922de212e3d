package io.tramontane.rewards.gate;

import io.tramontane.rewards.Grade;
import io.tramontane.rewards.Grader;
import io.tramontane.rewards.RewardRequest;
import io.tramontane.rewards.format.AnswerForm;
import io.tramontane.rewards.format.ParsedCompletion;
import java.util.function.Function;

/**
 * Whether a completion has the parts that are asked for: thoughts first (where they are required), then an answer of
 * the form that suits the problem (Magistral §2.2.1).
 */
public final class FormatGate implements Grader {

    /** Name of the component. */
    public static final String NAME = "format";

    private final Function<RewardRequest, AnswerForm> form;

    /** @param form what the answer part must hold, by problem */
    public FormatGate(Function<RewardRequest, AnswerForm> form) {
        this.form = form;
    }

    @Override
    public Grade grade(RewardRequest request, ParsedCompletion parsed) {
        return parsed.malformed()
                .or(() -> form.apply(request).missing(parsed))
                .map(Grade::wrong)
                .orElseGet(() -> Grade.correct("well-formed"));
    }
}
