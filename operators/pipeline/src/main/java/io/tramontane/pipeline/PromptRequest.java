package io.tramontane.pipeline;

import io.tramontane.pipeline.curriculum.StepProgress;

/**
 * What the prompt scheduler is asked for: to begin, or to issue a group again for the samples of it that are missing;
 * and what it learns of the steps of a run whose curriculum goes by them.
 *
 * <p>It goes from operator to operator inside the job and not over a topic, as outcomes do: no other program has to
 * read it, its delivery is part of the checkpoint that remembers that the group was asked for, and the outcomes topic
 * keeps its meaning, one end a group, for every reader there is.
 *
 * <p>Travels between operators: fields may be added or removed, not retyped.
 *
 * @param runId the run
 * @param groupId the group; empty to begin, and with progress
 * @param samples indices of the samples that are missing, ascending
 * @param progress the results of a step; null in requests
 */
public record PromptRequest(String runId, String groupId, int[] samples, StepProgress progress) {

    /** A request for missing samples. */
    public PromptRequest(String runId, String groupId, int[] samples) {
        this(runId, groupId, samples, null);
    }

    /** Sets the scheduler of the run going. */
    public static PromptRequest begin(String runId) {
        return new PromptRequest(runId, "", new int[0]);
    }

    /** Tells the scheduler of the run the results of a step. */
    public static PromptRequest progressed(String runId, StepProgress progress) {
        return new PromptRequest(runId, "", new int[0], progress);
    }

    /** Whether it sets the scheduler going. */
    public boolean isBegin() {
        return groupId.isEmpty() && progress == null;
    }
}
