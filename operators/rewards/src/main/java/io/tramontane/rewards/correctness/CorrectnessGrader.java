package io.tramontane.rewards.correctness;

import io.tramontane.rewards.Grade;
import io.tramontane.rewards.Grader;
import io.tramontane.rewards.RewardRequest;
import io.tramontane.rewards.format.ParsedCompletion;

/** Whether the answer found in a completion equals the reference. */
public final class CorrectnessGrader implements Grader {

    /** Name of the component. */
    public static final String NAME = "correctness";

    private final AnswerEquality equality;

    public CorrectnessGrader(AnswerEquality equality) {
        this.equality = equality;
    }

    @Override
    public Grade grade(RewardRequest request, ParsedCompletion parsed) {
        return parsed.answer()
                .map(answer -> equality.compare(request.reference(), answer))
                .orElseGet(() -> Grade.wrong("no answer found"));
    }
}
