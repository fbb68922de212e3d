package io.tramontane.jobs.evaluation.curation;

import io.tramontane.jobs.data.dataset.Problem;
import java.util.Optional;

/**
 * A problem and what curation made of it.
 *
 * @param problem as its file has it, without the prompt template
 * @param figures of its completions
 * @param reason why it is dropped; empty when it is kept
 */
public record JudgedProblem(Problem problem, SampleFigures figures, Optional<RemovalReason> reason) {

    /** Whether it stays in the dataset. */
    public boolean kept() {
        return reason.isEmpty();
    }
}
