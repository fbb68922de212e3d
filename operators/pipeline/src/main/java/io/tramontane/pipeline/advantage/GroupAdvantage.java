package io.tramontane.pipeline.advantage;

import io.tramontane.rewards.composition.ScoreCard;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.GroupFate;
import io.tramontane.schemas.ScoredCompletion;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns the rewards of a complete group into advantages and decides whether it teaches anything.
 *
 * <p>{@code A_i = r_i − mean(r_1..r_G)}, not divided by the group's standard deviation (Magistral §2.1). The population
 * standard deviation of the rewards is recorded beside it.
 */
public final class GroupAdvantage {

    private final KeepGroup keep;

    public GroupAdvantage(KeepGroup keep) {
        this.keep = keep;
    }

    /**
     * The group with its statistics and advantages; its fate is then TRAINABLE or ZERO_VARIANCE. The argument is not
     * changed. Groups that ended as STALE or INCOMPLETE come back as they are: their completions have no advantage.
     */
    public Group apply(Group group) {
        if (group.getFate() == GroupFate.STALE || group.getFate() == GroupFate.INCOMPLETE) {
            return group;
        }
        List<ScoredCompletion> completions = group.getCompletions();
        double mean = mean(completions);
        double variance = 0;
        List<ScoredCompletion> advantaged = new ArrayList<>(completions.size());
        for (ScoredCompletion scored : completions) {
            double advantage = scored.getReward() - mean;
            variance += advantage * advantage;
            advantaged.add(new ScoredCompletion(
                    scored.getCompletion(), scored.getReward(), scored.getComponents(), advantage));
        }
        return Group.newBuilder()
                .setGroupId(group.getGroupId())
                .setRunId(group.getRunId())
                .setProblemId(group.getProblemId())
                .setLanguage(group.getLanguage())
                .setGroupSize(group.getGroupSize())
                .setCompletions(advantaged)
                .setRewardMean(mean)
                .setRewardStd(Math.sqrt(variance / completions.size()))
                .setFate(teaches(completions) ? GroupFate.TRAINABLE : GroupFate.ZERO_VARIANCE)
                .build();
    }

    /** Equal rewards give advantage 0 exactly: a mean of equal numbers may differ from them by rounding. */
    private static double mean(List<ScoredCompletion> completions) {
        if (!rewardsDiffer(completions)) {
            return completions.get(0).getReward();
        }
        double sum = 0;
        for (ScoredCompletion scored : completions) {
            sum += scored.getReward();
        }
        return sum / completions.size();
    }

    private boolean teaches(List<ScoredCompletion> completions) {
        return rewardsDiffer(completions)
                && switch (keep) {
                    case REWARD_DIFFERS -> true;
                    case CORRECTNESS_DIFFERS -> correctnessDiffers(completions);
                };
    }

    private static boolean rewardsDiffer(List<ScoredCompletion> completions) {
        double first = completions.get(0).getReward();
        return completions.stream().anyMatch(scored -> scored.getReward() != first);
    }

    private static boolean correctnessDiffers(List<ScoredCompletion> completions) {
        boolean first = correct(completions.get(0));
        return completions.stream().anyMatch(scored -> correct(scored) != first);
    }

    private static boolean correct(ScoredCompletion scored) {
        return ScoreCard.correct(scored.getComponents());
    }
}
