package io.tramontane.rewards;

import io.tramontane.rewards.format.ParsedCompletion;

/**
 * One named component of the reward.
 *
 * <p>Implementations are thread-safe and idempotent: after a restart the same completion is graded again and must get
 * the same grade, so anything drawn at random is seeded by the request's ids.
 *
 * <p>A grader may be slow. It runs on a thread that is interrupted when the completion's deadline passes; it then
 * restores the interrupt flag and returns {@link Grade#timeout}. An exception it throws becomes the verdict CRASHED.
 */
public interface Grader {

    /** Name of the component in records, metrics and reports: lower case, words joined by hyphens. */
    String name();

    /** Grades one completion. */
    Grade grade(RewardRequest request, ParsedCompletion parsed);
}
