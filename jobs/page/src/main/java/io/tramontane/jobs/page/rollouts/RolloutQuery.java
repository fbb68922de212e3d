package io.tramontane.jobs.page.rollouts;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which groups to list.
 *
 * @param marks that a completion must all have; a group is listed when it has such a completion
 * @param step that trained the group
 * @param language of the problem
 * @param text that the group's id, its problem, or a completion that has the marks must hold, whatever its case; may be
 *     empty
 * @param before lists groups that were found before this one, by its number; empty for the newest
 * @param limit groups at most
 */
public record RolloutQuery(
        Set<RolloutMark> marks,
        OptionalLong step,
        Optional<String> language,
        String text,
        OptionalLong before,
        int limit) {

    public RolloutQuery {
        marks = Set.copyOf(marks);
    }
}
