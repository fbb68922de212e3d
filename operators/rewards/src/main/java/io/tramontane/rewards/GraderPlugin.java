package io.tramontane.rewards;

import io.tramontane.schemas.plugin.Plugin;
import java.io.Serializable;
import java.util.List;

/**
 * Makes a component of the reward. Those that come with Tramontane and those of users are the same: a class with a
 * public constructor without parameters, named in {@code META-INF/services/io.tramontane.rewards.GraderPlugin} of its
 * jar, which lies on the class path. A section called like it puts it into the reward, with its settings beside
 * {@code weight}:
 *
 * <pre>{@code
 * reward:
 *   word-limit: {weight: 0.2, maximum: 50}
 * }</pre>
 *
 * <p>Several of one kind, under names of their own, stand in {@code reward.custom}.
 *
 * @param <S> its settings
 */
public interface GraderPlugin<S extends Record & Serializable> extends Plugin<S> {

    /**
     * Makes a grader. What is expensive waits for the first completion.
     *
     * @param settings whose constraints hold
     * @throws IllegalArgumentException if they cannot be used; the message names the setting and says what to do
     */
    Grader create(S settings);

    /**
     * What the constraints of single settings cannot tell, asked before anything runs: whether a grader can be made of
     * them here. Unless a component says otherwise one is made and closed again.
     *
     * @param settings whose constraints hold
     */
    default List<RewardProblem> check(S settings) {
        try {
            create(settings).close();
            return List.of();
        } catch (IllegalArgumentException e) {
            return List.of(new RewardProblem("", e.getMessage()));
        }
    }
}
