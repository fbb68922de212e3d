package io.tramontane.rewards.correctness;

import io.tramontane.rewards.Grade;
import io.tramontane.rewards.Grader;
import io.tramontane.rewards.RewardRequest;
import io.tramontane.rewards.format.ParsedCompletion;
import io.tramontane.schemas.Verdict;

/**
 * Whether the answer found in a completion equals the reference. With partial credit a wrong number earns the share of
 * its digits that are in place; its verdict stays WRONG.
 */
public final class CorrectnessGrader implements Grader {

    /** Name of the component. */
    public static final String NAME = "correctness";

    private final AnswerEquality equality;
    private final boolean partialCredit;

    public CorrectnessGrader(AnswerEquality equality, boolean partialCredit) {
        this.equality = equality;
        this.partialCredit = partialCredit;
    }

    @Override
    public Grade grade(RewardRequest request, ParsedCompletion parsed) {
        return parsed.answer()
                .map(answer -> grade(request.reference(), answer))
                .orElseGet(() -> Grade.wrong("no answer found"));
    }

    private Grade grade(String reference, String answer) {
        Grade grade = equality.compare(reference, answer);
        return partialCredit && grade.verdict() == Verdict.WRONG
                ? new Grade(DigitsInPlace.share(reference, answer), Verdict.WRONG, grade.reason())
                : grade;
    }
}
