package io.tramontane.rewards;

import io.tramontane.schemas.Verdict;
import java.util.Objects;

/**
 * What a {@link Grader} says of one completion, before its weight.
 *
 * @param score what the weight is multiplied by: 1 for full marks, 0 for nothing, negative for a penalty
 * @param verdict how the grading ended
 * @param reason why, in words for a person
 */
public record Grade(double score, Verdict verdict, String reason) {

    public Grade {
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(reason, "reason");
        if (!Double.isFinite(score)) {
            throw new IllegalArgumentException("a score must be finite: " + score);
        }
    }

    /** Full marks. */
    public static Grade correct(String reason) {
        return new Grade(1, Verdict.CORRECT, reason);
    }

    /** Nothing, because the completion is wrong. */
    public static Grade wrong(String reason) {
        return new Grade(0, Verdict.WRONG, reason);
    }

    /** Nothing, because nobody can tell. */
    public static Grade ungradable(String reason) {
        return new Grade(0, Verdict.UNGRADABLE, reason);
    }

    /** Nothing, because the verifier did not answer in time. */
    public static Grade timeout(String reason) {
        return new Grade(0, Verdict.TIMEOUT, reason);
    }

    /** Nothing, because the verifier or what it ran broke. */
    public static Grade crashed(String reason) {
        return new Grade(0, Verdict.CRASHED, reason);
    }
}
