package io.tramontane.jobs.replay;

import io.tramontane.schemas.RewardComponent;
import io.tramontane.schemas.ScoredCompletion;
import java.util.List;

/**
 * A completion on which some component of the reward has another verdict than in the run.
 *
 * @param changed names of those components
 * @param rewardBefore its reward in the run
 * @param advantageBefore its advantage in the run
 * @param componentsBefore what the run said of it
 * @param after the completion as the replay scored it
 */
record ChangedCompletion(
        List<String> changed,
        double rewardBefore,
        double advantageBefore,
        List<RewardComponent> componentsBefore,
        ScoredCompletion after) {}
