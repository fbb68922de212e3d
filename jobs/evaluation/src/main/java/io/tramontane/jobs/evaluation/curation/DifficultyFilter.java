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
    public Optional<RemovalReason> reason(SampleFigures figures) {
        if (figures.samples() < settings.minimumSamples()) {
            return Optional.of(RemovalReason.TOO_FEW_SAMPLES);
        }
        if (settings.majorityCheck()
                && !figures.majority().map(AnswerVotes::correct).orElse(true)
                && figures.majorityShare() >= settings.majorityShare()) {
            return Optional.of(RemovalReason.MAJORITY_AGAINST_REFERENCE);
        }
        if (figures.passRate() <= settings.tooHardUpTo()) {
            return Optional.of(RemovalReason.TOO_HARD);
        }
        return figures.passRate() >= settings.tooEasyFrom() ? Optional.of(RemovalReason.TOO_EASY) : Optional.empty();
    }
}
