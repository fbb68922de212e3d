package io.tramontane.pipeline.advantage;

import io.tramontane.policy.objective.AdvantageEstimator;
import io.tramontane.policy.objective.advantage.GroupMean;
import io.tramontane.rewards.composition.ScoreCard;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.GroupFate;
import io.tramontane.schemas.ScoredCompletion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the rewards of a complete group into advantages and decides whether it teaches anything. The mean and the
 * population standard deviation of the rewards are recorded beside the advantages.
 */
public final class GroupAdvantage {

    private static final Logger LOG = LoggerFactory.getLogger(GroupAdvantage.class);

    private final AdvantageEstimator estimator;
    private final KeepGroup keep;

    public GroupAdvantage(AdvantageSettings settings) {
        this.estimator = settings.estimator();
        this.keep = settings.keepGroup();
    }

    /**
     * The group with its statistics and advantages; its fate is then TRAINABLE or, when all advantages are 0 or the
     * estimator has none for it, ZERO_VARIANCE. The argument is not changed. Groups that ended as STALE or INCOMPLETE
     * come back as they are: their completions have no advantage.
     */
    public Group apply(Group group) {
        if (group.getFate() == GroupFate.STALE || group.getFate() == GroupFate.INCOMPLETE) {
            return group;
        }
        List<ScoredCompletion> completions = group.getCompletions();
        double[] rewards =
                completions.stream().mapToDouble(ScoredCompletion::getReward).toArray();
        double[] advantages = advantages(group, rewards);
        List<ScoredCompletion> advantaged = new ArrayList<>(completions.size());
        for (int sample = 0; sample < rewards.length; sample++) {
            ScoredCompletion scored = completions.get(sample);
            advantaged.add(new ScoredCompletion(
                    scored.getCompletion(), scored.getReward(), scored.getComponents(), advantages[sample]));
        }
        double mean = GroupMean.of(rewards);
        double variance = 0;
        for (double reward : rewards) {
            variance += (reward - mean) * (reward - mean);
        }
        boolean any = Arrays.stream(advantages).anyMatch(advantage -> advantage != 0);
        return Group.newBuilder()
                .setGroupId(group.getGroupId())
                .setRunId(group.getRunId())
                .setProblemId(group.getProblemId())
                .setLanguage(group.getLanguage())
                .setGroupSize(group.getGroupSize())
                .setCompletions(advantaged)
                .setRewardMean(mean)
                .setRewardStd(Math.sqrt(variance / completions.size()))
                .setFate(any && teaches(completions) ? GroupFate.TRAINABLE : GroupFate.ZERO_VARIANCE)
                .build();
    }

    /** All 0 where the estimator has none. One that breaks its promise must not end the run. */
    private double[] advantages(Group group, double[] rewards) {
        double[] none = new double[rewards.length];
        double[] advantages = estimator.of(rewards).orElse(none);
        if (advantages.length != rewards.length || !Arrays.stream(advantages).allMatch(Double::isFinite)) {
            LOG.warn(
                    "{}: the advantages {} of the rewards {} cannot be used; the group is dropped",
                    group.getGroupId(),
                    Arrays.toString(advantages),
                    Arrays.toString(rewards));
            return none;
        }
        return advantages;
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
