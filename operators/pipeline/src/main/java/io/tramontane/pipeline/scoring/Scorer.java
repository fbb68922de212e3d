package io.tramontane.pipeline.scoring;

import io.tramontane.rewards.RewardRequest;
import io.tramontane.rewards.ScoreCard;

/** Grades completions; thread-safe and idempotent, since what is in flight at a failure is graded again. */
@FunctionalInterface
public interface Scorer {

    /** Grades one completion; may block, and is interrupted past its deadline. */
    ScoreCard score(RewardRequest request) throws Exception;
}
