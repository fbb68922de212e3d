package io.tramontane.pipeline.grouping;

/** What becomes of a group whose deadline passes while samples are missing. */
public enum AtDeadline {
    /**
     * The missing samples are asked for and the group gets its time once more; after that it ends. For jobs with a
     * prompt scheduler.
     */
    ASK_ONCE,
    /** It ends as incomplete. For jobs that score what was recorded: nobody could deliver. */
    END
}
