package io.tramontane.jobs.page.rollouts;

import io.tramontane.schemas.Group;
import io.tramontane.schemas.ScoredCompletion;
import java.util.Locale;
import java.util.Set;

/** Searching the text of a group. */
final class GroupText {

    private GroupText() {}

    /**
     * Whether the group's id or problem holds the text, or a completion that has all the marks.
     *
     * @param text in lower case
     */
    static boolean holds(Group group, String text, Set<RolloutMark> marks) {
        if (contains(group.getGroupId(), text)) {
            return true;
        }
        for (ScoredCompletion scored : group.getCompletions()) {
            if (contains(scored.getCompletion().getProblem(), text)) {
                return true;
            }
            if (contains(scored.getCompletion().getText(), text)
                    && RolloutMark.of(scored).containsAll(marks)) {
                return true;
            }
        }
        return false;
    }

    private static boolean contains(String where, String text) {
        return where.toLowerCase(Locale.ROOT).contains(text);
    }
}
