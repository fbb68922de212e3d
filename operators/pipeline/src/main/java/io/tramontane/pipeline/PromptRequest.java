package io.tramontane.pipeline;

/**
 * What the prompt scheduler is asked for: to begin, or to issue a group again for the samples of it that are missing.
 *
 * <p>It goes from operator to operator inside the job and not over a topic, as outcomes do: no other program has to
 * read it, its delivery is part of the checkpoint that remembers that the group was asked for, and the outcomes topic
 * keeps its meaning, one end a group, for every reader there is.
 *
 * <p>Travels between operators: fields may be added or removed, not retyped.
 *
 * @param runId the run
 * @param groupId the group; empty to begin
 * @param samples indices of the samples that are missing, ascending
 */
public record PromptRequest(String runId, String groupId, int[] samples) {

    /** Sets the scheduler of the run going. */
    public static PromptRequest begin(String runId) {
        return new PromptRequest(runId, "", new int[0]);
    }

    /** Whether it names no group. */
    public boolean isBegin() {
        return groupId.isEmpty();
    }
}
