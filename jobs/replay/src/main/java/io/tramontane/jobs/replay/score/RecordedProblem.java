package io.tramontane.jobs.replay.score;

import java.util.List;
import java.util.Optional;

/**
 * A problem with completions that somebody sampled before: one group.
 *
 * @param id unique in its file
 * @param language ISO 639-1 code; empty when unknown
 * @param answer the reference
 * @param verifier how the problem wants its answers verified; empty when it does not say
 * @param completions at least one
 */
public record RecordedProblem(
        String id,
        String language,
        String problem,
        String answer,
        String verifier,
        List<RecordedCompletion> completions) {

    public RecordedProblem {
        completions = List.copyOf(completions);
    }

    /**
     * One of them.
     *
     * @param model that wrote it; empty when unknown
     * @param label whether it is right, if somebody has said so
     */
    public record RecordedCompletion(String model, String text, Optional<Boolean> label) {}
}
