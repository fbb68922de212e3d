package io.tramontane.jobs.evaluation.curation;

import io.tramontane.jobs.evaluation.ProblemOutcome.AnswerVotes;
import java.util.Optional;

/**
 * Decides about problems one by one (Magistral §4.1): those that a policy never or always solves teach it nothing, and
 * where its completions agree on another answer than the reference, the reference is taken to be wrong. Immutable.
 */
public final class DifficultyFilter {

    private final CurationSettings settings;

    public DifficultyFilter(CurationSettings settings) {
        this.settings = settings;
    }

    /** Why the problem is dropped; empty when it is kept. */
    public Optional<DropReason> reason(SampleFigures figures) {
        if (figures.samples() < settings.minimumSamples()) {
            return Optional.of(DropReason.TOO_FEW_SAMPLES);
        }
        if (settings.majorityCheck()
                && !figures.majority().map(AnswerVotes::correct).orElse(true)
                && figures.majorityShare() >= settings.majorityShare()) {
            return Optional.of(DropReason.MAJORITY_AGAINST_REFERENCE);
        }
        if (figures.passRate() <= settings.tooHardUpTo()) {
            return Optional.of(DropReason.TOO_HARD);
        }
        return figures.passRate() >= settings.tooEasyFrom() ? Optional.of(DropReason.TOO_EASY) : Optional.empty();
    }
}
