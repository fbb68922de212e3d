package io.tramontane.rewards;

import io.tramontane.rewards.format.ParsedCompletion;
import java.util.Optional;

/**
 * One component of the reward; its name and weight are given to it by the composition (a {@code WeightedGrader}).
 *
 * <p>Implementations are thread-safe and idempotent: after a restart the same completion is graded again and must get
 * the same grade, so anything drawn at random is seeded by the request's ids.
 *
 * <p>A grader may be slow. It runs on a thread that is interrupted when the completion's deadline passes; it then
 * restores the interrupt flag and returns {@link Grade#timeout}. Whatever it throws becomes the verdict CRASHED.
 */
@FunctionalInterface
public interface Grader extends AutoCloseable {

    /** Grades one completion. */
    Grade grade(RewardRequest request, ParsedCompletion parsed);

    /**
     * What this completion is verified by, where a grader passes completions on to several verifiers: the name under
     * which metrics count it, and slow ones get threads of their own. Empty for the name of the component.
     */
    default Optional<String> verifierFor(RewardRequest request) {
        return Optional.empty();
    }

    /** Gives back what the grader holds; nothing is graded afterwards. */
    @Override
    default void close() {}
}
